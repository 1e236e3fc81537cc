package io.github.dbops.migration.prisma;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A folder of migrations, a database of its own, and the engine between them. */
final class PrismaFixture implements AutoCloseable {

    static final EngineSettings SETTINGS = new EngineSettings(Duration.ofMillis(300), 3, Duration.ofSeconds(20), 4);

    final TestDatabase database;
    final Path folder;
    final List<String> said = new CopyOnWriteArrayList<>();
    private DatabaseUrl.Server url;
    private EngineSettings settings = SETTINGS;
    private PrismaExecution execution = PrismaExecution.AUTO;

    PrismaFixture(TestServer server, Path folder, String... setup) {
        this.database = server.createDatabase(setup);
        this.folder = folder;
        this.url = database.url();
    }

    PrismaFixture url(DatabaseUrl.Server other) {
        url = other;
        return this;
    }

    PrismaFixture schema(String schema) {
        DatabaseUrl.Server plain = database.url();
        return url(new DatabaseUrl.Server(
                plain.hosts(),
                plain.database(),
                plain.user(),
                plain.password(),
                schema,
                plain.properties(),
                plain.pooled(),
                plain.warnings()));
    }

    PrismaFixture settings(EngineSettings other) {
        settings = other;
        return this;
    }

    PrismaFixture execution(PrismaExecution other) {
        execution = other;
        return this;
    }

    /** Writes a migration's file, as it is. */
    PrismaFixture migration(String name, String sql) {
        return file(name + "/migration.sql", sql.getBytes(StandardCharsets.UTF_8));
    }

    PrismaFixture file(String path, byte[] content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PrismaFixture remove(String path) {
        try {
            Files.delete(folder.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PrismaEngine engine() {
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
        ConnectionPolicy policy =
                new ConnectionPolicy(Duration.ofSeconds(5), 5, Duration.ofMinutes(1), ConnectionPolicy.Pooler.DETECT);
        return new PrismaEngine(
                new MigrationFiles(EngineName.PRISMA, folder, "prisma/migrations"),
                new EngineTarget(url, new Connector(policy, "migrate-deploy", said::add), settings, progress),
                execution);
    }

    History status() {
        return engine().history();
    }

    Migration status(String name) {
        return status().find(name).orElseThrow();
    }

    Deployment deploy() {
        return deploy(history -> {});
    }

    Deployment deploy(Consumer<History> review) {
        return engine().deploy(review);
    }

    List<Resolution> resolve(Action action, String... names) {
        return engine().resolve(action, List.of(names), Execution.APPLY);
    }

    /** Name, finished or not, rolled back or not, logs (none, empty or some), steps: a row a line, oldest first. */
    List<String> rows() {
        return database.query("""
                SELECT migration_name || CASE WHEN finished_at IS NULL THEN ' unfinished' ELSE ' finished' END
                       || CASE WHEN rolled_back_at IS NULL THEN '' ELSE ' rolled-back' END
                       || CASE WHEN logs IS NULL THEN '' WHEN logs = '' THEN ' empty-logs' ELSE ' logs' END
                       || ' ' || applied_steps_count
                FROM _prisma_migrations ORDER BY started_at
                """).stream().map(row -> row.get(0)).toList();
    }

    /** The first column of a query. */
    List<String> column(String sql) {
        return database.query(sql).stream().map(row -> row.get(0)).toList();
    }

    List<String> tables() {
        return column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    }

    @Override
    public void close() {
        database.close();
    }
}
