package io.github.dbops.report;

import java.util.List;
import java.util.regex.Pattern;

/** Commands to copy. Names of migrations are data, and must stay data in the shell that they are copied to. */
public final class MavenCommand {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:@%+/-]+");

    private MavenCommand() {}

    /** A goal with a property that holds names. */
    static String of(String goal, String property, List<String> names) {
        return "mvn dbops:" + goal + " " + property(property, String.join(",", names));
    }

    /** A property as a shell's word. */
    public static String property(String name, String value) {
        String word = PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
        return "-D" + name + "=" + word;
    }
}
