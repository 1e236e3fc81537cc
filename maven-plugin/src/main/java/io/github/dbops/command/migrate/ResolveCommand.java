package io.github.dbops.command.migrate;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.command.Surroundings;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.util.List;

/** {@code dbops:resolve}: says of migrations that they are applied, or that they are rolled back. */
public final class ResolveCommand {

    private final MigrateRun run;

    /**
     * A command wired to its surroundings.
     *
     * @param classPath where Java migrations come from
     */
    public ResolveCommand(Surroundings surroundings, ModuleClassPath classPath) {
        this.run = new MigrateRun(surroundings, classPath);
    }

    /** Runs and writes the report files; every problem is in the outcome, none is thrown. */
    public MigrationOutcome run(ResolveRequest request) {
        return run.run(MigrationGoal.RESOLVE, request.execution(), request.run(), new Resolving(request));
    }

    /** Reports settings that are no request, in the same files. */
    public MigrationOutcome reject(ProblemException refused, Path reports) {
        return run.reject(MigrationGoal.RESOLVE, refused, reports);
    }

    private record Resolving(ResolveRequest request) implements MigrateRun.Work {

        @Override
        public List<Problem> with(
                MigrationEngine engine, EngineTarget target, MigrationRecord record, PhaseClock clock) {
            HistoryReading reading = new HistoryReading(engine, request.run().connections(), clock);
            clock.phase("status");
            record.found(reading.history());
            clock.phase("resolve");
            record.resolved(engine.resolve(request.action(), request.names(), request.execution()));
            if (request.execution() == Execution.APPLY) {
                clock.phase("status");
                record.left(reading.history());
            }
            return List.of();
        }

        @Override
        public String state() {
            return request.execution() == Execution.APPLY
                    ? "The history is as it was, unless the connection was lost at the very end: mvn"
                            + " dbops:migrate-status shows it."
                    : "Nothing was changed: a dry-run only reads.";
        }
    }
}
