package io.github.dbops.it.benchmark;

import io.github.dbops.command.Backup;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.migrate.DeployRequest;
import io.github.dbops.command.migrate.MigrateDeployCommand;
import io.github.dbops.command.migrate.MigrateRequest;
import io.github.dbops.command.migrate.MigrateStatusCommand;
import io.github.dbops.command.migrate.StatusRequest;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The migrate goals of a project in this process, without Maven around them.
 *
 * @param project its folder
 * @param reports where their reports go
 */
record MigrateRuns(Path project, Path reports) {

    private static final EmbeddedBinaries NO_BINARIES = version -> {
        throw new IllegalStateException("no embedded database here");
    };

    /** Deploys all of it. */
    MigrationOutcome deploy(String url, int migrations) {
        MigrationOutcome outcome = new MigrateDeployCommand(
                        new Surroundings(
                                Map.of("DATABASE_URL", url), id -> Optional.empty(), NO_BINARIES, new Silence()),
                        List::of)
                .run(new DeployRequest(
                        request(),
                        Execution.APPLY,
                        Optional.empty(),
                        new Backup(Optional.empty(), Duration.ofHours(1)),
                        false));
        if (outcome.steps().size() != migrations) {
            throw new IllegalStateException("not deployed: " + outcome.problems());
        }
        return outcome;
    }

    /** The status of a database that has all of it. */
    MigrationOutcome status(String url) {
        Set<StatusRequest.FailOn> all = EnumSet.allOf(StatusRequest.FailOn.class);
        MigrationOutcome outcome = new MigrateStatusCommand(
                        new Surroundings(
                                Map.of("DATABASE_URL", url), id -> Optional.empty(), NO_BINARIES, new Silence()),
                        List::of)
                .run(new StatusRequest(request(), all));
        if (!outcome.problems().isEmpty()) {
            throw new IllegalStateException("not up to date: " + outcome.problems());
        }
        return outcome;
    }

    private MigrateRequest request() {
        EngineSettings settings = new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(20), 5);
        return new MigrateRequest(
                project,
                Optional.empty(),
                Optional.empty(),
                PrismaExecution.AUTO,
                Map.of(),
                new DatabaseSettings(
                        DatabaseRole.ONLY,
                        Optional.empty(),
                        Optional.empty(),
                        ".env.production",
                        Optional.empty(),
                        project),
                ConnectionPolicy.DEFAULT,
                settings,
                reports);
    }

    private record Silence() implements Progress {

        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {}

        @Override
        public Rows table(TableWork work) {
            return Rows.UNSEEN;
        }
    }
}
