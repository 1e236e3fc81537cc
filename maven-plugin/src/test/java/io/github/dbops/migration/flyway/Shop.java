package io.github.dbops.migration.flyway;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SessionSource;
import io.github.dbops.run.Origin;
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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A repository with Flyway's migrations in {@code db/migration}, and a database of its own. */
final class Shop implements AutoCloseable {

    final TestDatabase database;
    final Path folder;
    final Map<String, String> properties = new HashMap<>();
    final Map<String, String> environment = new HashMap<>();
    final List<String> said = new CopyOnWriteArrayList<>();
    Optional<DatabaseUrl.Server> url = Optional.empty();
    EngineSettings settings = new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(30), 5);
    ConnectionPolicy policy = ConnectionPolicy.DEFAULT;
    ModuleClassPath classPath = () -> {
        throw new AssertionError("nobody asked for the class path");
    };

    Shop(TestServer server) {
        this.database = server.createDatabase();
        try {
            this.folder = Files.createTempDirectory("dbops-flyway");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of the repository; a bare name is a migration. */
    Shop file(String name, String text) {
        Path file = folder.resolve(name.contains("/") || name.startsWith("flyway.") ? name : "db/migration/" + name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shop delete(String name) {
        try {
            Files.delete(folder.resolve("db/migration").resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FlywayEngine engine() {
        Progress progress = new Progress() {
            @Override
            public void say(String line) {
                said.add(line);
            }

            @Override
            public void phase(String name) {}

            @Override
            public Rows table(TableWork work) {
                return Rows.UNSEEN;
            }
        };
        DatabaseUrl.Server where = url.orElse(database.url());
        return new FlywayEngine(
                new MigrationFiles(EngineName.FLYWAY, folder.resolve("db/migration"), "db/migration"),
                new EngineTarget(where, connector(), settings, progress),
                new FlywaySettings(
                        folder,
                        properties,
                        environment,
                        classPath,
                        new Origin("ada@laptop", Optional.of("c0ffee"), Optional.empty())));
    }

    private Connector connector() {
        return new Connector(policy, "migrate-deploy", said::add);
    }

    /** What is deployed without a review. */
    io.github.dbops.migration.Deployment deploy() {
        return engine().deploy(history -> {});
    }

    /** Name and state of each migration, in order. */
    List<String> states() {
        return engine().history().migrations().stream()
                .map(migration -> migration.name() + " " + migration.state().word())
                .toList();
    }

    Migration migration(String name) {
        History history = engine().history();
        return history.find(name).orElseThrow();
    }

    /** Flyway itself, as its own front ends would run it. */
    FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(new SessionSource(connector(), url.orElse(database.url()), SessionSource.Access.READ_WRITE))
                // Not to the console.
                .loggers("slf4j")
                .locations("filesystem:" + folder.resolve("db/migration"));
    }

    @Override
    public void close() {
        database.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
