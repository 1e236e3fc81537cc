package io.github.dbops.report;

import java.util.List;
import java.util.regex.Pattern;

/** Commands to copy. Names of migrations are data, and must stay data in the shell that they are copied to. */
final class MavenCommand {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:@%+/-]+");

    private MavenCommand() {}

    /** A goal with a property that holds names. */
    static String of(String goal, String property, List<String> names) {
        String value = String.join(",", names);
        String word = PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
        return "mvn dbops:" + goal + " -D" + property + "=" + word;
    }
}
