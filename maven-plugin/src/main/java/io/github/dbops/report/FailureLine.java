package io.github.dbops.report;

import io.github.dbops.migration.MigrationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing to say of a migration that failed, the same on the console and in Markdown.
 *
 * @param label what it is
 * @param kind what its text is
 * @param text it
 */
record FailureLine(String label, Kind kind, String text) {

    /** What a line's text is. */
    enum Kind {
        /** Data: SQL, a message, a place. */
        QUOTED,
        /** Own words. */
        WORDS
    }

    /** All there is to say, the place first. */
    static List<FailureLine> of(MigrationFailure failure) {
        List<FailureLine> lines = new ArrayList<>();
        add(lines, "Where", failure.place());
        // A statement's line breaks are layout: on one line it is easier to read without their escapes.
        add(
                lines,
                "Statement",
                failure.statement().map(sql -> sql.replaceAll("\\s+", " ").strip()));
        add(lines, "SQLSTATE", failure.sqlState());
        add(lines, "Message", Optional.of(failure.message()));
        add(lines, "Detail", failure.detail());
        add(lines, "Hint", failure.hint());
        lines.add(new FailureLine("Left", Kind.WORDS, left(failure.left())));
        return lines;
    }

    private static void add(List<FailureLine> lines, String label, Optional<String> text) {
        text.ifPresent(quoted -> lines.add(new FailureLine(label, Kind.QUOTED, quoted)));
    }

    private static String left(MigrationFailure.Left left) {
        return switch (left) {
            case NOTHING -> "Nothing of it is in the database: it was rolled back.";
            case A_PART -> "A part of it is in the database: the statements before the failed one are committed.";
            case UNKNOWN -> "What of it is in the database cannot be told from here: look before you resolve it.";
        };
    }
}
