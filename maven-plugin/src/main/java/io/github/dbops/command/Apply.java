package io.github.dbops.command;

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
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Origin;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlanShape;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.apply.Applier;
import io.github.dbops.sync.apply.Audit;
import io.github.dbops.sync.apply.TouchRules;
import io.github.dbops.sync.compare.Comparison;
import io.github.dbops.sync.plan.OverwriteGuard;
import io.github.dbops.sync.shape.Shapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares inside the transaction that will write, holds the result against the review, writes, verifies, records and
 * commits: all or nothing. Lock first, snapshot second: otherwise the snapshot would be older than the commit of the run
 * that was waited for.
 */
final class Apply {

    static final String STATE = "The transaction was rolled back; nothing of this run is in the target.";
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(10);

    private final Databases databases;
    private final Plan plan;
    private final SyncRequest request;
    private final Reviewed reviewed;
    private final Origin origin;
    private final SyncRecord record;
    private final PhaseClock clock;

    Apply(
            Databases databases,
            Plan plan,
            SyncRequest request,
            Reviewed reviewed,
            Origin origin,
            SyncRecord record,
            PhaseClock clock) {
        this.databases = databases;
        this.plan = plan;
        this.request = request;
        this.reviewed = reviewed;
        this.origin = origin;
        this.record = record;
        this.clock = clock;
    }

    /** One attempt, from connecting to the commit. */
    Void run() {
        clock.phase("connect");
        try (OpenDatabases open = databases.open()) {
            Session target = open.target();
            TargetChecks.mayBeWritten(target);
            Optional<Audit> audit = request.audit() ? Optional.of(new Audit(target)) : Optional.empty();
            audit.ifPresent(Audit::prepare);
            clock.phase("lock");
            AdvisoryLock.SYNC.acquire(target, LOCK_PATIENCE, clock::say);
            audit.ifPresent(this::tellEarlierRuns);
            audit.ifPresent(a -> a.started(new Audit.Run(
                    record.runId(),
                    origin.startedBy(),
                    origin.gitCommit(),
                    origin.ciRun(),
                    plan.file(),
                    plan.hash(),
                    Optional.empty())));
            try {
                transact(open.source(), target, audit);
            } catch (RuntimeException failure) {
                target.rollback();
                audit.ifPresent(a -> recordFailure(a, failure));
                throw failure;
            }
        }
        return null;
    }

    private void tellEarlierRuns(Audit audit) {
        audit.closeAbandoned(record.runId()).forEach(record::fact);
        audit.lastApplied().ifPresent(record::fact);
    }

    private void recordFailure(Audit audit, RuntimeException failure) {
        try {
            audit.notApplied(record.runId());
        } catch (SqlFailure alsoFailed) {
            // The next run finds the record still open and closes it.
            failure.addSuppressed(alsoFailed);
        }
    }

    private void transact(Session source, Session target, Optional<Audit> audit) {
        Map<QualifiedName, String> locks = locks(target);
        target.begin(Transaction.SNAPSHOT);
        locks.values().forEach(target::execute);
        // The first statement that takes a snapshot; the locks above take none.
        AdvisoryLock.SYNC.keepForTransaction(target);
        AdvisoryLock.SYNC.release(target);
        source.begin(Transaction.READ_ONLY);
        databases.checkDiffer(source, target);
        clock.phase("compare");
        try (Sides sides = new Sides(source, target);
                Comparison comparison = new Comparison(plan, Execution.APPLY, request.comparing(), clock)) {
            Comparison.Identity identity = databases.identity(target);
            comparison.reading(request.jobs(), new SharedSnapshots(databases, sides, clock));
            PlanShape shape = Shapes.of(plan, Execution.APPLY, sides);
            if (reviewed.isSkipped()) {
                comparison.unreviewed();
            }
            ChangeSet changes = comparison
                    .run(sides, shape.tables(), identity)
                    .warning(shape.warnings())
                    .warning(TargetChecks.warnings(source, target));
            record.found(changes);
            review(changes, identity);
            if (!changes.totals().hasChanges()) {
                record.found(comparison.digested(changes));
                target.rollback();
                audit.ifPresent(a -> a.notApplied(record.runId()));
                return;
            }
            TouchRules rules = rules(target);
            Applier applier = Applier.begin(target, clock);
            Map<QualifiedName, Counts> counts =
                    (audit.isPresent() ? applier.recording(record.runId()) : applier).run(changes, rules);
            ChangeSet digested = comparison.digested(changes);
            record.found(digested);
            audit.ifPresent(a -> a.applied(record.runId(), digested, rules));
            commit(target, audit);
            record.applied(counts);
        }
    }

    // In name order, as every run takes them, so that two of them cannot lock each other out.
    private SortedMap<QualifiedName, String> locks(Session target) {
        target.begin(Transaction.READ_ONLY);
        Catalog catalog = Catalog.of(target);
        SortedMap<QualifiedName, String> statements = new TreeMap<>();
        catalog.read(plan.active().stream()
                .flatMap(planned -> catalog.resolve(planned.name()).stream())
                .toList());
        plan.active()
                .forEach(planned -> catalog.resolve(planned.name()).ifPresent(name -> {
                    Table table = catalog.table(name);
                    boolean unique = table.isUnique(planned.key());
                    // What the role may not lock it may not write: the comparison refuses it in better words.
                    if (isTable(table) && mayLock(table, unique)) {
                        // Without a unique index nothing but a lock keeps another transaction from inserting the same
                        // key.
                        String mode = unique ? "ROW EXCLUSIVE" : "SHARE ROW EXCLUSIVE";
                        statements.put(name, "LOCK TABLE " + table.sql() + " IN " + mode + " MODE");
                    }
                }));
        target.rollback();
        return statements;
    }

    private static boolean isTable(Table table) {
        return table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.PARTITIONED;
    }

    private static boolean mayLock(Table table, boolean unique) {
        return table.privileges().update() || (unique && table.privileges().insert());
    }

    private void review(ChangeSet changes, Comparison.Identity identity) {
        List<Problem> refusals = new ArrayList<>(changes.refusals());
        refusals.addAll(new ProtectedOverwrites(plan, request.words()).among(changes));
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals, null);
        }
        Optional<Digest> expected = reviewed.expected(plan, identity);
        if (expected.isPresent() && !expected.equals(changes.digest())) {
            throw reviewed.drifted(expected.get(), changes).exception();
        }
    }

    private TouchRules rules(Session target) {
        Catalog catalog = Catalog.of(target);
        Set<QualifiedName> sideEffects = new HashSet<>();
        plan.allowSideEffects().forEach(name -> catalog.resolve(name).ifPresent(sideEffects::add));
        boolean said =
                new OverwriteGuard(request.words().allowed(), request.words().confirmation()).said();
        return new TouchRules(
                plan, said ? TouchRules.OverwriteWords.SAID : TouchRules.OverwriteWords.NOT_SAID, sideEffects);
    }

    private void commit(Session target, Optional<Audit> audit) {
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
                    audit.isPresent(),
                    "Run the apply again.",
                    "or run a dry-run: what was applied shows as identical.");
            new LostCommit(databases::openTarget, request.connections().within(), run, clock).settle(lost);
        }
    }
}
