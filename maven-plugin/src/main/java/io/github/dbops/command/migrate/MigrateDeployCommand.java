package io.github.dbops.command.migrate;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.env.ServerCredentials;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code dbops:migrate-deploy}: status, deploy, status. */
public final class MigrateDeployCommand {

    private final MigrateRun run;

    /**
     * A command wired to its surroundings.
     *
     * @param environment the process environment
     * @param servers {@code settings.xml}
     * @param binaries where PostgreSQL's own binaries come from when a URL says {@code embedded:}
     * @param classPath where Java migrations come from
     * @param progress where the run says what it is doing
     */
    public MigrateDeployCommand(
            Map<String, String> environment,
            ServerCredentials servers,
            EmbeddedBinaries binaries,
            ModuleClassPath classPath,
            Progress progress) {
        this.run = new MigrateRun(environment, servers, binaries, classPath, progress);
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
