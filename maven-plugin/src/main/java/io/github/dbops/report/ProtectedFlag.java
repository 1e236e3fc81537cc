package io.github.dbops.report;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.Optional;

/**
 * A protected table that rows go into: allowed, and never without being said.
 *
 * @param table the table
 * @param pattern what protects it
 * @param change what happens to it, own words only
 */
record ProtectedFlag(String table, String pattern, String change) {

    /** The flag of a table; empty where it is not protected or stays as it is. */
    static Optional<ProtectedFlag> of(TableOutcome table, SyncOutcome outcome) {
        String pattern = table.protectedBy();
        Counts counts = table.counts();
        if (pattern == null || !counts.hasChanges()) {
            return Optional.empty();
        }
        String verb = outcome.result() == SyncOutcome.Result.APPLIED ? "were" : "would be";
        String inserts = Amount.of(counts.toInsert(), "row") + " " + verb + " inserted";
        String updates = Amount.of(counts.toUpdate(), "row") + " " + verb + " OVERWRITTEN";
        String change = counts.toUpdate() == 0
                ? inserts + ", none overwritten"
                : counts.toInsert() == 0 ? updates : updates + ", " + inserts;
        return Optional.of(new ProtectedFlag(table.table(), pattern, change));
    }

    /** For the console. */
    String sentence() {
        return table + " (" + pattern + "): " + change + ".";
    }
}
