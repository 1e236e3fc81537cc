package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Writes;
import io.github.dbops.run.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Carries a reversal out inside the transaction in which it was decided; decides nothing. Does not commit: a caller that
 * gets an exception rolls back, and nothing has happened.
 *
 * <p>All rows of all tables are deleted and restored by one statement. Foreign keys look when it ends, so that rows which
 * refer to each other in circles go together, in no particular order, and no cascade meets a row; deletes come before
 * restores, which may take unique values that deletes free.
 */
public final class Reverter {

    private final Session target;
    private final Progress progress;
    private final Writes start;

    private Reverter(Session target, Progress progress, Writes start) {
        this.target = target;
        this.progress = progress;
        this.start = start;
    }

    /** A reverter for a transaction that has written nothing yet. */
    public static Reverter begin(Session target, Progress progress) {
        return new Reverter(target, progress, Writes.read(target));
    }

    /**
     * Deletes and restores, has deferred checks fire, and verifies.
     *
     * @param reversal what was decided and reviewed
     * @param sideEffects tables that triggers may write
     * @return what was done in each changed table
     * @throws io.github.dbops.postgres.SqlFailure where the database refuses
     * @throws io.github.dbops.problem.ProblemException where verification fails
     */
    public Map<QualifiedName, Done> run(Reversal reversal, Set<QualifiedName> sideEffects) {
        progress.phase("undo");
        List<StagedRows> stages = new ArrayList<>();
        for (Recorded recorded : reversal.recorded()) {
            StagedRows stage = new StagedRows(target, recorded, stages.size());
            if (stage.fill(reversal.ledger()) > 0) {
                stages.add(stage);
            }
        }
        // What triggers make of money is not ours to change.
        target.execute("SET LOCAL lc_monetary TO DEFAULT");
        if (!stages.isEmpty()) {
            write(stages);
        }
        // A deferred trigger would fire at commit, after any verification.
        target.execute("SET CONSTRAINTS ALL IMMEDIATE");
        progress.phase("verify");
        target.execute("SET LOCAL lc_monetary = 'C'");
        new Verification(target, reversal, sideEffects).check(stages, start);
        Map<QualifiedName, Done> done = new TreeMap<>();
        stages.forEach(stage -> done.merge(stage.recorded().name(), stage.done(), Done::plus));
        return done;
    }

    private void write(List<StagedRows> stages) {
        List<String> deletes = new ArrayList<>();
        List<String> updates = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (StagedRows stage : stages) {
            if (stage.recorded().isInsert()) {
                deletes.add(stage.name() + " AS (" + stage.delete() + ")");
            } else {
                updates.add(stage.name() + " AS (" + stage.restore(before(stages, stage)) + ")");
            }
            counts.add("(SELECT count(*) FROM " + stage.name() + ")");
        }
        deletes.addAll(updates);
        // Not through a prepared statement: names may hold a question mark.
        target.execute("CREATE TEMPORARY TABLE pg_temp.dbops_done (counts bigint[]) ON COMMIT DROP");
        target.execute("WITH " + String.join(",\n", deletes) + "\nINSERT INTO pg_temp.dbops_done SELECT ARRAY["
                + String.join(", ", counts) + "]");
        try (CopyRows row = new CopyRows(target, "SELECT unnest(counts) FROM pg_temp.dbops_done")) {
            for (StagedRows stage : stages) {
                if (!row.next()) {
                    throw new IllegalStateException("the statement has not counted what it did");
                }
                stage.wrote(row.int8(0));
            }
            row.next();
        }
    }

    // An index looks row by row: what a restored row takes, a deleted one must have given up.
    private static List<String> before(List<StagedRows> stages, StagedRows restored) {
        return stages.stream()
                .filter(stage -> stage.recorded().isInsert()
                        && stage.recorded().name().equals(restored.recorded().name()))
                .map(StagedRows::name)
                .toList();
    }

    /**
     * What was done in a table.
     *
     * @param restored rows that got their former values back
     * @param deleted rows that were deleted
     */
    public record Done(long restored, long deleted) {

        Done plus(Done other) {
            return new Done(restored + other.restored, deleted + other.deleted);
        }
    }
}
