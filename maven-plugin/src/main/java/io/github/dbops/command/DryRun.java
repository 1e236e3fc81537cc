package io.github.dbops.command;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlanShape;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.compare.Comparison;
import io.github.dbops.sync.shape.Shapes;

/** Compares and writes nothing: both transactions are READ ONLY, so the servers themselves refuse any write. */
final class DryRun {

    static final String STATE = "Nothing was changed; a dry-run cannot write.";

    private final Databases databases;
    private final Plan plan;
    private final SyncRequest request;
    private final PhaseClock clock;

    DryRun(Databases databases, Plan plan, SyncRequest request, PhaseClock clock) {
        this.databases = databases;
        this.plan = plan;
        this.request = request;
        this.clock = clock;
    }

    /** One attempt, from connecting on. */
    Result run() {
        clock.phase("connect");
        try (OpenDatabases open = databases.open();
                Sides sides = new Sides(open.source(), open.target());
                Comparison comparison = new Comparison(plan, Execution.DRY_RUN, request.comparing(), clock)) {
            Session source = open.source();
            Session target = open.target();
            source.begin(Transaction.READ_ONLY);
            target.begin(Transaction.READ_ONLY);
            databases.checkDiffer(source, target);
            Comparison.Identity identity = databases.identity(target);
            clock.phase("compare");
            comparison.reading(request.jobs(), new SharedSnapshots(databases, sides, clock));
            PlanShape shape = Shapes.of(plan, Execution.DRY_RUN, sides);
            ChangeSet changes = comparison
                    .run(sides, shape.tables(), identity)
                    .warning(shape.warnings())
                    .warning(TargetChecks.warnings(source, target));
            source.rollback();
            target.rollback();
            return new Result(changes, identity);
        }
    }

    /**
     * What was found.
     *
     * @param changes counts, samples and digest; its rows are gone with the comparison
     * @param identity between which databases
     */
    record Result(ChangeSet changes, Comparison.Identity identity) {}
}
