package io.github.dbops.migration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run was told of its database and its migrations, to be told again by the commands that it proposes: a command
 * that is copied must not work on another database than the one its message speaks of.
 *
 * @param options {@code -Dname=value} each, ready for a shell; empty where the defaults were meant
 */
public record SameDatabaseOptions(List<String> options) {

    private static final Pattern GOAL = Pattern.compile("mvn dbops:(?:migrate-status|migrate-deploy|resolve)\\b");

    /** Nothing has to be told again. */
    public static final SameDatabaseOptions NONE = new SameDatabaseOptions(List.of());

    public SameDatabaseOptions {
        options = List.copyOf(options);
    }

    /** The text with every proposed command completed. */
    public String in(String text) {
        return options.isEmpty()
                ? text
                : GOAL.matcher(text)
                        .replaceAll(goal -> Matcher.quoteReplacement(goal.group() + " " + String.join(" ", options)));
    }
}
