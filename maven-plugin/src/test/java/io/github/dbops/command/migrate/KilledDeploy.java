package io.github.dbops.command.migrate;

import io.github.dbops.command.Backup;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.SyncFixture;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A deploy in a JVM of its own that is killed, as by {@code kill -9}, at an exact message. */
final class KilledDeploy {

    private KilledDeploy() {}

    /**
     * Runs a fixture's deploy until it dies; returns when it is dead.
     *
     * @param cut whether the server still gets the message at which the client dies
     */
    static void at(Cut cut, String message, MigrateFixture shop) throws IOException {
        try (ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            CompletableFuture<Process> started = new CompletableFuture<>();
            proxy.cutAt(
                    cut,
                    message,
                    () -> started.join().destroyForcibly().onExit().join());
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledDeploy.class.getName(),
                            shop.folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DATABASE_URL", SyncFixture.text(proxy.url()));
            Process process = builder.start();
            started.complete(process);
            process.onExit().join();
            if (proxy.ordersWaiting() > 0) {
                throw new IllegalStateException("the deploy never came to " + message);
            }
            proxy.awaitIdle();
        }
        awaitEndOfSessions(shop);
    }

    /** The server notices a client's death a moment later. */
    private static void awaitEndOfSessions(MigrateFixture shop) {
        List<List<String>> left;
        do {
            left = shop.database.query("""
                    SELECT pid FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name LIKE 'dbops/%'
                    """);
        } while (!left.isEmpty());
    }

    /** What the process runs. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        new MigrateDeployCommand(
                        new Surroundings(System.getenv(), id -> Optional.empty(), version -> List.of(), SILENT),
                        List::of)
                .run(new DeployRequest(
                        new MigrateRequest(
                                folder,
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
                                        folder),
                                ConnectionPolicy.DEFAULT,
                                new EngineSettings(Duration.ofSeconds(5), 1, Duration.ofSeconds(20), 1),
                                folder.resolve("reports")),
                        Execution.APPLY,
                        Optional.empty(),
                        new Backup(Optional.empty(), Duration.ofHours(1)),
                        false));
    }

    private static final Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {}

        @Override
        public Rows table(TableWork work) {
            return Rows.UNSEEN;
        }
    };
}
