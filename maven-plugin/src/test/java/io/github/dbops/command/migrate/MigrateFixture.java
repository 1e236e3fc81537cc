package io.github.dbops.command.migrate;

import io.github.dbops.command.Backup;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.SyncFixture;
import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A repository with migrations and its database: a user's situation, and the runs that the user makes in it. */
final class MigrateFixture implements AutoCloseable {

    final TestDatabase database;
    final Path folder;
    final List<String> said = new CopyOnWriteArrayList<>();
    private Consumer<String> listener = line -> {};
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> flyway = new HashMap<>();
    private Optional<Digest> expected = Optional.empty();
    private Optional<String> backup = Optional.empty();
    private boolean createDatabase;
    private Optional<String> envFile = Optional.empty();
    private EngineSettings settings = new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(20), 5);

    MigrateFixture(TestServer server, String... schema) {
        this.database = server.createDatabase(schema);
        try {
            this.folder = Files.createTempDirectory("dbops-test-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        at(database.url());
    }

    /** The database as its user names it. */
    MigrateFixture at(DatabaseUrl.Server url) {
        environment.put("DATABASE_URL", SyncFixture.text(url));
        return this;
    }

    MigrateFixture url(String url) {
        environment.put("DATABASE_URL", url);
        return this;
    }

    /** A migration of Prisma's. */
    MigrateFixture prisma(String name, String sql) {
        file("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        return file("prisma/migrations/" + name + "/migration.sql", sql);
    }

    /** A script of Flyway's. */
    MigrateFixture flyway(String script, String sql) {
        return file("db/migration/" + script, sql);
    }

    MigrateFixture flywayProperty(String name, String value) {
        flyway.put(name, value);
        return this;
    }

    MigrateFixture file(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    MigrateFixture without(String name) {
        delete(folder.resolve(name));
        return this;
    }

    MigrateFixture expecting(Digest digest) {
        expected = Optional.of(digest);
        return this;
    }

    MigrateFixture backup(String check) {
        backup = Optional.of(check);
        return this;
    }

    MigrateFixture creatingTheDatabase() {
        createDatabase = true;
        return this;
    }

    MigrateFixture envFile(String name) {
        envFile = Optional.of(name);
        return this;
    }

    MigrateFixture settings(EngineSettings other) {
        settings = other;
        return this;
    }

    /** Told every line that a run says, on the run's own thread. */
    MigrateFixture listening(Consumer<String> other) {
        listener = other;
        return this;
    }

    MigrationOutcome status(FailOn... failOn) {
        return new MigrateStatusCommand(
                        new Surroundings(environment, id -> Optional.empty(), NO_BINARIES, progress()), List::of)
                .run(new StatusRequest(request(), Set.of(failOn)));
    }

    MigrationOutcome dryRun() {
        return deploy(Execution.DRY_RUN);
    }

    MigrationOutcome deploy() {
        return deploy(Execution.APPLY);
    }

    private MigrationOutcome deploy(Execution execution) {
        return new MigrateDeployCommand(
                        new Surroundings(environment, id -> Optional.empty(), NO_BINARIES, progress()), List::of)
                .run(new DeployRequest(
                        request(), execution, expected, new Backup(backup, Duration.ofHours(1)), createDatabase));
    }

    MigrationOutcome resolve(Action action, String... names) {
        return resolve(Execution.APPLY, action, names);
    }

    MigrationOutcome resolve(Execution execution, Action action, String... names) {
        return new ResolveCommand(
                        new Surroundings(environment, id -> Optional.empty(), NO_BINARIES, progress()), List::of)
                .run(new ResolveRequest(request(), execution, action, List.of(names)));
    }

    /** The states of all migrations, {@code name state}. */
    static List<String> states(MigrationOutcome outcome) {
        return outcome.latest().map(History::migrations).orElse(List.of()).stream()
                .map(m -> m.name() + " " + m.state().word())
                .toList();
    }

    static List<String> codes(MigrationOutcome outcome) {
        return outcome.problems().stream().map(p -> p.code().id()).toList();
    }

    /** The whole text of the only problem. */
    static Problem problem(MigrationOutcome outcome) {
        if (outcome.problems().size() != 1) {
            throw new AssertionError("not one problem: " + outcome.problems());
        }
        return outcome.problems().get(0);
    }

    String report(String name) {
        try {
            return Files.readString(folder.resolve("reports").resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private MigrateRequest request() {
        return new MigrateRequest(
                folder,
                Optional.empty(),
                Optional.empty(),
                PrismaExecution.AUTO,
                flyway,
                new DatabaseSettings(
                        DatabaseRole.ONLY, Optional.empty(), envFile, ".env.production", Optional.empty(), folder),
                new ConnectionPolicy(
                        settings.lockTimeout(),
                        settings.connectAttempts(),
                        Duration.ofSeconds(60),
                        ConnectionPolicy.Pooler.DETECT),
                settings,
                folder.resolve("reports"));
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void say(String line) {
                said.add(line);
                listener.accept(line);
            }

            @Override
            public void phase(String name) {}

            @Override
            public Rows table(TableWork work) {
                return Rows.UNSEEN;
            }
        };
    }

    private static final EmbeddedBinaries NO_BINARIES = version -> {
        throw new IllegalStateException("no embedded database here");
    };

    @Override
    public void close() {
        database.close();
        delete(folder);
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
