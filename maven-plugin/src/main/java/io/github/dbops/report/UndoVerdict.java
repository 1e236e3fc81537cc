package io.github.dbops.report;

import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an undo's outcome comes to, in words that every report shares. Own words only: no data from a database but the
 * run's id.
 *
 * @param outcome the outcome
 */
record UndoVerdict(UndoOutcome outcome) {

    /** The report's heading: whether it only looked. */
    String title() {
        return "dbops undo, " + outcome.execution().word();
    }

    /** One sentence: what would be undone, what was, or that nothing is. */
    String sentence() {
        UndoCounts totals = outcome.totals();
        return switch (outcome.result()) {
            case RUNS_LISTED -> listed();
            case NOTHING_TO_DO ->
                totals.left() == 0 ? "Nothing is left to undo." : "Nothing can be undone; " + left() + ".";
            case CHANGES_FOUND ->
                rows(totals.of(UndoState.RESTORE), "to restore", totals.of(UndoState.DELETE), "to delete") + and()
                        + "; nothing was written.";
            case UNDONE -> rows(totals.restored(), "restored", totals.deleted(), "deleted") + and() + "; committed.";
            case REFUSED -> "Refused" + problems() + "; nothing was written.";
            case FAILED -> "Failed" + problems() + ".";
        };
    }

    /** What to do next, a line each; a line that holds a command ends with it. Empty where nothing is, or where the problems say it. */
    List<String> next() {
        return switch (outcome.result()) {
            case RUNS_LISTED ->
                outcome.runs().stream()
                        .filter(run -> !run.isUndone())
                        .limit(1)
                        .map(run -> "See what an undo of the last one would do: mvn dbops:undo -Drun=" + run.id())
                        .toList();
            case CHANGES_FOUND -> review();
            case NOTHING_TO_DO, UNDONE, REFUSED, FAILED -> List.of();
        };
    }

    private List<String> review() {
        String command =
                "mvn dbops:undo -Drun=" + outcome.run().map(RecordedRun::id).orElse("ID") + " -Dapply";
        return Stream.concat(
                        Stream.of("Review this, then: " + command),
                        outcome.digest().stream()
                                .map(digest ->
                                        "From another machine: " + command + " -Ddbops.expectDigest=" + digest.hex()))
                .toList();
    }

    /** Protected tables whose rows are reverted, one sentence each. */
    List<String> protectedTables() {
        return outcome.tables().stream()
                .flatMap(table -> protectedTable(table).stream())
                .toList();
    }

    private Optional<String> protectedTable(UndoTable table) {
        UndoCounts counts = table.counts();
        if (table.protectedBy() == null || counts.toRevert() == 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        if (counts.of(UndoState.RESTORE) > 0) {
            parts.add(Amount.of(counts.of(UndoState.RESTORE), "row") + be(counts.of(UndoState.RESTORE))
                    + "OVERWRITTEN with former values");
        }
        if (counts.of(UndoState.DELETE) > 0) {
            parts.add(Amount.of(counts.of(UndoState.DELETE), "row") + " that the run inserted"
                    + be(counts.of(UndoState.DELETE)) + "deleted");
        }
        return Optional.of(table.name() + " (" + table.protectedBy() + "): " + String.join(", ", parts) + ".");
    }

    private String be(long rows) {
        if (outcome.result() != UndoOutcome.Result.UNDONE) {
            return " would be ";
        }
        return rows == 1 ? " was " : " were ";
    }

    private String listed() {
        int runs = outcome.runs().size();
        return runs == 0
                ? "No apply is on record here."
                : "The last " + (runs == 1 ? "apply" : Amount.of(runs) + " applies") + " on record.";
    }

    private static String rows(long restores, String restored, long deletes, String deleted) {
        if (restores == 0) {
            return Amount.of(deletes, "row") + " " + deleted;
        }
        String first = Amount.of(restores, "row") + " " + restored;
        return deletes == 0 ? first : first + " and " + Amount.of(deletes) + " " + deleted;
    }

    private String and() {
        long tables = outcome.tables().stream()
                .filter(table -> table.counts().toRevert() > 0)
                .count();
        return " in " + Amount.of(tables, "table")
                + (outcome.totals().left() > 0 ? "; " + left() : "; nothing stays behind");
    }

    private String left() {
        UndoCounts totals = outcome.totals();
        List<String> parts = new ArrayList<>();
        for (UndoState state : UndoState.values()) {
            if (state.isLeft() && totals.of(state) > 0) {
                parts.add(Amount.of(totals.of(state)) + " " + because(state));
            }
        }
        return Amount.of(totals.left(), "row") + (totals.left() == 1 ? " stays" : " stay") + " ("
                + String.join(", ", parts) + ")";
    }

    /** Why rows of a state stay, in a few words. */
    static String because(UndoState state) {
        return switch (state) {
            case RESTORE, DELETE, ALREADY -> state.word();
            case CHANGED -> "changed since";
            case REFERENCED -> "referred to";
            case TAKEN -> "whose former value is taken";
            case PARENT_GONE -> "whose former parent is gone";
            case GONE -> "gone";
            case TABLE_CHANGED -> "in tables that were altered";
            case UNRECORDED -> "not recorded";
        };
    }

    private String problems() {
        int problems = outcome.problems().size();
        return problems > 1 ? " with " + Amount.of(problems, "problem") : "";
    }
}
