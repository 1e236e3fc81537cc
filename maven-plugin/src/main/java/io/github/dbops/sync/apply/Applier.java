package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.TableDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries a change set out inside the transaction in which it was decided; decides nothing. Does not commit: a caller
 * that gets an exception rolls back, and nothing has happened.
 */
public final class Applier {

    private final Session target;
    private final Progress progress;
    private final Writes start;

    private Applier(Session target, Progress progress, Writes start) {
        this.target = target;
        this.progress = progress;
        this.start = start;
    }

    /** An applier for a transaction that has written nothing yet. */
    public static Applier begin(Session target, Progress progress) {
        return new Applier(target, progress, Writes.read(target));
    }

    /**
     * Writes all changes, advances sequences, has deferred checks fire, and verifies.
     *
     * @param changes what was decided and reviewed
     * @param rules what the transaction may touch
     * @return each table's counts, applied numbers filled in
     * @throws io.github.dbops.postgres.SqlFailure where the database refuses; a unique violation means that the target
     *     changed
     * @throws io.github.dbops.problem.ProblemException where verification fails
     */
    public Map<QualifiedName, Counts> run(ChangeSet changes, TouchRules rules) {
        progress.phase("apply");
        Map<QualifiedName, Counts> applied = new LinkedHashMap<>();
        List<StagedTable> staged = new ArrayList<>();
        int number = 0;
        for (TableDifference difference : changes.differences()) {
            StagedTable table = new StagedTable(difference);
            Counts counts = difference.counts();
            long updates = 0;
            long inserts = 0;
            if (counts.toUpdate() > 0) {
                table.updates = stage(difference, Change.Action.UPDATE, ++number);
                updates = table.updates.update();
            }
            if (counts.toInsert() > 0) {
                table.inserts = stage(difference, Change.Action.INSERT, ++number);
                inserts = table.inserts.insert();
            }
            progress.rows(difference.shape().name().toString(), updates + inserts);
            applied.put(difference.shape().name(), counts.applied(inserts, updates));
            staged.add(table);
        }
        new Sequences(target).advance(changes.differences());
        // A deferred trigger would fire at commit, after any verification.
        target.execute("SET CONSTRAINTS ALL IMMEDIATE");
        progress.phase("verify");
        new Verification(target, rules).check(staged, applied, start);
        return applied;
    }

    private Stage stage(TableDifference difference, Change.Action action, int number) {
        Stage stage = new Stage(target, difference.shape(), action, number);
        stage.fill(difference);
        return stage;
    }
}
