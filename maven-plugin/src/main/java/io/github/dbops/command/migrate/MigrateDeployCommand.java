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

/** {@code dbops:migrate-deploy}: status, deploy, status. */
public final class MigrateDeployCommand {

    private final MigrateRun run;

    /**
     * A command wired to its surroundings.
     *
     * @param classPath where Java migrations come from
     */
    public MigrateDeployCommand(Surroundings surroundings, ModuleClassPath classPath) {
        this.run = new MigrateRun(surroundings, classPath);
    }

    /** Runs and writes the report files; every problem is in the outcome, none is thrown. */
    public MigrationOutcome run(DeployRequest request) {
        return run.run(MigrationGoal.DEPLOY, request.execution(), request.run(), new Deploying(request));
    }

    /** Reports settings that are no request, in the same files. */
    public MigrationOutcome reject(ProblemException refused, Path reports) {
        return run.reject(MigrationGoal.DEPLOY, refused, reports);
    }

    private record Deploying(DeployRequest request) implements MigrateRun.Work {

        @Override
        public List<Problem> with(
                MigrationEngine engine, EngineTarget target, MigrationRecord record, PhaseClock clock) {
            return request.execution() == Execution.APPLY
                    ? new Deploy(request, engine, target, record, clock).run()
                    : new DeployDryRun(request, engine, record, clock).run();
        }

        @Override
        public String state() {
            return request.execution() == Execution.APPLY
                    ? "No migration was begun by this run; mvn dbops:migrate-status shows the history."
                    : "Nothing was changed: a dry-run only reads.";
        }
    }
}
