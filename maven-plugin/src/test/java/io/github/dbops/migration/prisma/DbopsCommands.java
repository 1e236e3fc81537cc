package io.github.dbops.migration.prisma;

import io.github.dbops.command.Backup;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.migrate.DeployRequest;
import io.github.dbops.command.migrate.MigrateDeployCommand;
import io.github.dbops.command.migrate.MigrateRequest;
import io.github.dbops.command.migrate.MigrateStatusCommand;
import io.github.dbops.command.migrate.ResolveCommand;
import io.github.dbops.command.migrate.ResolveRequest;
import io.github.dbops.command.migrate.StatusRequest;
import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.migration.prisma.RecordedScenario.Command;
import io.github.dbops.migration.prisma.RecordedScenario.Verdict;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.testing.LocalBinaries;
import io.github.dbops.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** dbops' goals in the place of Prisma's commands, told by one URL as Prisma is. */
final class DbopsCommands {

    /** Long enough for a script that stands at a test's lock until another program has started. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);

    private final Path project;
    private final Path reports;

    DbopsCommands(Path project, Path reports) {
        this.project = project;
        this.reports = reports;
    }

    /** How long another run is waited for. */
    enum Wait {
        FOR_OTHERS(Duration.ofSeconds(60)),
        BRIEFLY(Duration.ofMillis(200));

        private final Duration patience;

        Wait(Duration patience) {
            this.patience = patience;
        }
    }

    /** A database's URL as Prisma's users write it. */
    static String url(TestDatabase database, Map<String, String> parameters, boolean unreachable) {
        String host =
                unreachable ? "127.0.0.1:1" : database.url().hosts().get(0).toString();
        String query = parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue().replace(" ", "%20"))
                .collect(Collectors.joining("&"));
        String login = database.url().user()
                + Optional.ofNullable(database.url().password())
                        .map(p -> ":" + p.reveal())
                        .orElse("");
        return "postgresql://" + login + "@" + host + "/" + database.name() + (query.isEmpty() ? "" : "?" + query);
    }

    /** Runs one; the code is Prisma's, of what went wrong first. */
    Verdict run(Command command, String url, Wait wait) {
        MigrationOutcome outcome = outcome(command, url, wait);
        return outcome.problems().stream()
                .findFirst()
                .map(problem -> new Verdict(1, problem.code().prismaCode().orElse(null)))
                .orElseGet(() -> new Verdict(0, null));
    }

    /** Runs one. */
    MigrationOutcome outcome(Command command, String url, Wait wait) {
        Map<String, String> environment = Map.of("DATABASE_URL", url);
        LocalBinaries none = new LocalBinaries();
        MigrateRequest request = request(wait);
        return switch (command.word()) {
            // Prisma's status always fails on what is pending; all others of dbops' findings are asked for too.
            case "status" ->
                new MigrateStatusCommand(
                                new Surroundings(environment, id -> Optional.empty(), none, Progress.SILENT), List::of)
                        .run(new StatusRequest(request, EnumSet.allOf(FailOn.class)));
            case "deploy" ->
                new MigrateDeployCommand(
                                new Surroundings(environment, id -> Optional.empty(), none, Progress.SILENT), List::of)
                        .run(new DeployRequest(
                                request,
                                Execution.APPLY,
                                Optional.empty(),
                                new Backup(Optional.empty(), Duration.ofHours(24)),
                                true));
            case "resolve" ->
                new ResolveCommand(
                                new Surroundings(environment, id -> Optional.empty(), none, Progress.SILENT), List::of)
                        .run(resolve(command, request));
            default -> throw new IllegalArgumentException(command.word());
        };
    }

    private static ResolveRequest resolve(Command command, MigrateRequest request) {
        if (command.applied() != null && command.rolledBack() == null) {
            return new ResolveRequest(request, Execution.APPLY, Action.APPLIED, List.of(command.applied()));
        }
        if (command.rolledBack() != null && command.applied() == null) {
            return new ResolveRequest(request, Execution.APPLY, Action.ROLLED_BACK, List.of(command.rolledBack()));
        }
        throw new IllegalArgumentException("no such request can be made: " + command);
    }

    private MigrateRequest request(Wait wait) {
        return new MigrateRequest(
                project,
                Optional.of(EngineName.PRISMA),
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
                new ConnectionPolicy(LOCK_TIMEOUT, 1, Duration.ofSeconds(10), ConnectionPolicy.Pooler.DETECT),
                new EngineSettings(LOCK_TIMEOUT, 1, wait.patience, 1),
                reports);
    }
}
