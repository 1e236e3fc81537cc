package io.github.dbops.command.undo;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.undo.Decision;
import io.github.dbops.sync.undo.Reversal;
import io.github.dbops.sync.undo.RunHistory;
import java.util.List;

/** Looks and writes nothing: the transaction is READ ONLY, so the server itself refuses any write. */
final class UndoDryRun {

    static final String STATE = "Nothing was changed; a dry-run cannot write.";

    private static final int MOST_LISTED = 10;

    private final UndoTarget database;
    private final UndoRecord record;
    private final PhaseClock clock;

    UndoDryRun(UndoTarget database, UndoRecord record, PhaseClock clock) {
        this.database = database;
        this.record = record;
        this.clock = clock;
    }

    /** The last applies. */
    List<RecordedRun> list() {
        clock.phase("connect");
        try (Session target = database.open()) {
            target.begin(Transaction.READ_ONLY);
            List<RecordedRun> runs = new RunHistory(target).latest(MOST_LISTED);
            target.rollback();
            return runs;
        }
    }

    /** One attempt, from connecting on. */
    Result run(String runId) {
        clock.phase("connect");
        try (Session target = database.open()) {
            target.begin(Transaction.READ_ONLY);
            RecordedRun run = new RunHistory(target).undoable(runId);
            record.run(run);
            clock.phase("look");
            String identity = database.identity(target);
            Reversal reversal = new Decision(target, run, clock).make(identity);
            target.rollback();
            return new Result(reversal, identity);
        }
    }

    /**
     * What was found.
     *
     * @param reversal what would be done
     * @param target in which database
     */
    record Result(Reversal reversal, String target) {}
}
