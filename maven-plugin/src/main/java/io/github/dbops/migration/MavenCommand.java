package io.github.dbops.migration;

import java.util.List;
import java.util.regex.Pattern;

/** Commands to copy. Names of migrations are data, and must stay data in the shell that they are copied to. */
public final class MavenCommand {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:@%+/-]+");

    private MavenCommand() {}

    /** A {@code dbops:resolve} that says of migrations that they are applied, one word for a shell whatever their names. */
    public static String applied(List<String> names) {
        return resolve("applied", names);
    }

    /** A {@code dbops:resolve} that says of migrations that they are rolled back. */
    public static String rolledBack(List<String> names) {
        return resolve("rolledBack", names);
    }

    /** A property as one word for a shell. */
    public static String property(String name, String value) {
        String word = PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
        return "-D" + name + "=" + word;
    }

    private static String resolve(String property, List<String> names) {
        return "mvn dbops:resolve " + property(property, String.join(",", names));
    }
}
