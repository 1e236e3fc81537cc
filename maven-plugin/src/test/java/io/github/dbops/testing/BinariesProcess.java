package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl.Host;
import io.github.dbops.env.Secret;
import io.github.dbops.postgres.embedded.LoopbackPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL run from the binaries that the build copied to {@code target/postgres-binaries}. */
final class BinariesProcess implements ServerProcess {

    private static final String LOG = "server.log";

    private final int majorVersion;
    private final Map<String, String> settings;
    private final Path folder;
    private final Path dataDirectory;
    private @Nullable EmbeddedPostgres running;

    BinariesProcess(int majorVersion, Map<String, String> settings) {
        this.majorVersion = majorVersion;
        this.settings = Map.copyOf(settings);
        Path servers = ServersFolder.path();
        StaleServers.removeFrom(servers);
        this.folder = servers.resolve(ProcessHandle.current().pid() + "-" + UUID.randomUUID());
        this.dataDirectory = folder.resolve("data");
    }

    @Override
    public synchronized void start() {
        try {
            Files.createDirectories(folder);
            // Errors that tests provoke stay out of the build's output, and can be read here when a test puzzles.
            Redirect log = Redirect.appendTo(folder.resolve(LOG).toFile());
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(BinariesJar.of(majorVersion))
                    .setDataDirectory(dataDirectory)
                    .setCleanDataDirectory(false)
                    .setPort(LoopbackPort.free())
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("track_counts", "on")
                    .setServerConfig("logging_collector", "off");
            settings.forEach(builder::setServerConfig);
            running = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "PostgreSQL " + majorVersion + " did not start in " + folder + "; it said: " + log(), e);
        }
    }

    /** All of it: where a build is looked at from afar, its folders are gone. */
    private String log() {
        try {
            return Files.readString(folder.resolve(LOG));
        } catch (IOException e) {
            return "nothing";
        }
    }

    @Override
    public synchronized void stop() {
        EmbeddedPostgres server = running;
        if (server != null) {
            List<ProcessHandle> processes = processes();
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running = null;
            await(processes);
        }
    }

    @Override
    public synchronized void kill() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        await(processes);
        // The library's own bookkeeping; its attempt to stop what is gone fails quietly.
        stop();
    }

    /** The postmaster first, then its children; children that outlived it would keep the data directory locked. */
    private List<ProcessHandle> processes() {
        return StaleServers.postmaster(dataDirectory)
                .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants())
                        .toList())
                .orElse(List.of());
    }

    private static void await(List<ProcessHandle> processes) {
        // Not onExit: for processes that are not this JVM's children it looks at them only every few seconds.
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public synchronized Host host() {
        if (running == null) {
            throw new IllegalStateException("PostgreSQL " + majorVersion + " is not running");
        }
        return new Host("127.0.0.1", running.getPort());
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public @Nullable Secret password() {
        return null;
    }

    @Override
    public synchronized void remove() {
        stop();
        StaleServers.delete(folder);
    }
}
