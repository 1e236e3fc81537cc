package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.List;

/**
 * What an outcome comes to, in words that every report shares. Own words only: no data from a plan or a database.
 *
 * @param outcome the outcome
 */
record Verdict(SyncOutcome outcome) {

    /** One sentence: what would change, what changed, or that nothing did. */
    String sentence() {
        return switch (outcome.result()) {
            case CHANGES_FOUND -> planned() + "; nothing was written.";
            case NOTHING_TO_DO -> "Nothing to insert, nothing to update" + blocked() + ".";
            case APPLIED -> applied() + "; committed.";
            case REFUSED -> "Refused" + problems() + "; nothing was written.";
            case FAILED -> "Failed" + problems() + ".";
        };
    }

    /** What to do next, a line each; a line that holds a command ends with it. Empty where nothing is, or where the problems say it. */
    List<String> next() {
        return switch (outcome.result()) {
            case CHANGES_FOUND -> outcome.digest().map(this::review).orElseGet(this::unblock);
            case NOTHING_TO_DO -> outcome.totals().blocked() > 0 ? unblock() : List.of();
            case APPLIED, REFUSED, FAILED -> List.of();
        };
    }

    private List<String> review(Digest digest) {
        return List.of(
                "Review this, then: mvn dbops:sync -Dapply",
                "From another machine: mvn dbops:sync -Dapply -Ddbops.expectDigest=" + digest.hex());
    }

    private List<String> unblock() {
        long blocked = outcome.totals().blocked();
        String why = blocked == 0
                ? "There is no digest to approve, and an apply would refuse: the warnings say why."
                : "An apply would refuse: " + Amount.of(blocked, "row")
                        + " would lack a parent row. Carry the parents too, or leave these rows out.";
        return List.of(why, "Then look again: mvn dbops:sync");
    }

    private String planned() {
        Counts totals = outcome.totals();
        return rows(totals.toInsert(), "to insert", totals.toUpdate(), "to update")
                + in(outcome.tables().stream()
                        .filter(t -> t.counts().hasChanges())
                        .count())
                + blocked();
    }

    private String applied() {
        Counts totals = outcome.totals();
        return rows(totals.appliedInserts(), "inserted", totals.appliedUpdates(), "updated")
                + in(outcome.tables().stream().filter(Verdict::wasWritten).count());
    }

    private static boolean wasWritten(TableOutcome table) {
        return table.counts().appliedInserts() + table.counts().appliedUpdates() > 0;
    }

    private static String rows(long inserts, String inserted, long updates, String updated) {
        if (inserts == 0 && updates > 0) {
            return Amount.of(updates, "row") + " " + updated;
        }
        String first = Amount.of(inserts, "row") + " " + inserted;
        return updates == 0 ? first : first + " and " + Amount.of(updates) + " " + updated;
    }

    private String in(long changed) {
        long read = outcome.tables().size() - outcome.skippedTables();
        String tables = Amount.of(read, "table");
        if (changed < read) {
            return " in " + Amount.of(changed) + " of " + tables;
        }
        return read == 1 ? " in " + tables : " in all " + tables;
    }

    private String blocked() {
        long blocked = outcome.totals().blocked();
        return blocked == 0 ? "" : "; " + Amount.of(blocked, "row") + " blocked";
    }

    private String problems() {
        List<Problem> problems = outcome.problems();
        return problems.size() > 1 ? " with " + Amount.of(problems.size(), "problem") : "";
    }
}
