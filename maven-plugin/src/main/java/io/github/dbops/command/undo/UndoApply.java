package io.github.dbops.command.undo;

import io.github.dbops.command.LostCommit;
import io.github.dbops.command.PhaseClock;
import io.github.dbops.command.TargetChecks;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.TransactionMark;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Origin;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.apply.Audit;
import io.github.dbops.sync.undo.Decision;
import io.github.dbops.sync.undo.Reversal;
import io.github.dbops.sync.undo.Reverter;
import io.github.dbops.sync.undo.RunHistory;
import io.github.dbops.sync.undo.WritePrivileges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides inside the transaction that will write, holds the result against the review, reverts, verifies, records and
 * commits: all or nothing. Lock first, snapshot second, as an apply does.
 */
final class UndoApply {

    static final String STATE = "The transaction was rolled back; nothing was undone.";
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(10);

    private final UndoTarget database;
    private final UndoRequest request;
    private final UndoReviewed reviewed;
    private final Origin origin;
    private final UndoRecord record;
    private final PhaseClock clock;

    UndoApply(
            UndoTarget database,
            UndoRequest request,
            UndoReviewed reviewed,
            Origin origin,
            UndoRecord record,
            PhaseClock clock) {
        this.database = database;
        this.request = request;
        this.reviewed = reviewed;
        this.origin = origin;
        this.record = record;
        this.clock = clock;
    }

    /** One attempt, from connecting to the commit. */
    Void run(String runId) {
        clock.phase("connect");
        try (Session target = database.open()) {
            TargetChecks.mayBeWritten(target);
            RecordedRun run = recorded(target, runId);
            Audit audit = new Audit(target);
            audit.checkForUndo();
            clock.phase("lock");
            AdvisoryLock.SYNC.acquire(target, LOCK_PATIENCE, clock::say);
            audit.closeAbandoned(record.runId()).forEach(record::fact);
            audit.started(new Audit.Run(
                    record.runId(),
                    origin.startedBy(),
                    origin.gitCommit(),
                    origin.ciRun(),
                    run.planFile(),
                    run.planHash(),
                    Optional.of(runId)));
            try {
                transact(target, audit, runId);
            } catch (RuntimeException failure) {
                target.rollback();
                recordFailure(audit, failure);
                throw failure;
            }
        }
        return null;
    }

    private RecordedRun recorded(Session target, String runId) {
        target.begin(Transaction.READ_ONLY);
        try {
            RecordedRun run = new RunHistory(target).undoable(runId);
            record.run(run);
            return run;
        } finally {
            target.rollback();
        }
    }

    private void recordFailure(Audit audit, RuntimeException failure) {
        try {
            audit.notApplied(record.runId());
        } catch (SqlFailure alsoFailed) {
            // The next run finds the record still open and closes it.
            failure.addSuppressed(alsoFailed);
        }
    }

    private void transact(Session target, Audit audit, String runId) {
        List<String> locks = locks(target, runId);
        target.begin(Transaction.SNAPSHOT);
        locks.forEach(target::execute);
        // The first statement that takes a snapshot; the locks above take none.
        AdvisoryLock.SYNC.keepForTransaction(target);
        AdvisoryLock.SYNC.release(target);
        clock.phase("look");
        // Another undo may have ended while this one waited.
        RecordedRun run = new RunHistory(target).undoable(runId);
        String identity = database.identity(target);
        Reverter reverter = Reverter.begin(target, clock);
        Reversal reversal = new Decision(target, run, clock).make(identity);
        record.found(reversal);
        review(reversal, identity);
        if (reversal.digest().isEmpty()) {
            target.rollback();
            audit.notApplied(record.runId());
            return;
        }
        Map<QualifiedName, Reverter.Done> done = reverter.run(reversal, sideEffects(target, run));
        audit.undone(record.runId(), undone(reversal, done));
        commit(target);
        record.undone(done);
    }

    // In name order, as every run takes them, so that two of them cannot lock each other out.
    private static List<String> locks(Session target, String runId) {
        target.begin(Transaction.READ_ONLY);
        Catalog catalog = Catalog.of(target);
        List<QualifiedName> tables = new RunHistory(target)
                .tables(runId).stream()
                        .filter(catalog.relations()::contains)
                        .sorted()
                        .toList();
        catalog.read(tables);
        List<String> locks = tables.stream()
                .map(catalog::table)
                // What the role may not lock it may not write: that is told later, in better words.
                .filter(table -> isTable(table)
                        && (table.privileges().update() || table.privileges().delete()))
                .map(table -> "LOCK TABLE " + table.sql() + " IN ROW EXCLUSIVE MODE")
                .toList();
        target.rollback();
        return locks;
    }

    private static boolean isTable(Table table) {
        return table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.PARTITIONED;
    }

    private void review(Reversal reversal, String identity) {
        List<Problem> refusals = new ArrayList<>(new ProtectedRestores(request.words()).among(reversal));
        refusals.addAll(WritePrivileges.missing(reversal));
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals, null);
        }
        reviewed.check(reversal, identity);
    }

    private Set<QualifiedName> sideEffects(Session target, RecordedRun run) {
        Catalog catalog = Catalog.of(target);
        Set<QualifiedName> allowed = new HashSet<>();
        catalog.relations().stream()
                .filter(relation -> run.sideEffects().contains(relation.sql()))
                .forEach(allowed::add);
        request.sideEffects().forEach(name -> catalog.resolve(name).ifPresent(allowed::add));
        return allowed;
    }

    private static Audit.Undone undone(Reversal reversal, Map<QualifiedName, Reverter.Done> done) {
        return new Audit.Undone(
                reversal.digest().map(Object::toString).orElse(""),
                done.values().stream().mapToLong(Reverter.Done::restored).sum(),
                done.values().stream().mapToLong(Reverter.Done::deleted).sum(),
                reversal.totals().left(),
                done.keySet().stream().map(Object::toString).sorted().toList());
    }

    private void commit(Session target) {
        TransactionMark transaction = TransactionMark.ofCurrent(target);
        clock.phase("commit");
        try {
            target.commit();
        } catch (SqlFailure lost) {
            if (!lost.state().isConnectionFailure()) {
                throw lost;
            }
            LostCommit.Run run = new LostCommit.Run(
                    record.runId(),
                    transaction,
                    true,
                    "Run the undo again.",
                    "or run the undo's dry-run: what was undone has nothing left to do.");
            new LostCommit(database::open, request.connections().within(), run, clock).settle(lost);
        }
    }
}
