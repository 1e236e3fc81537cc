package io.github.dbops.postgres.embedded;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.testing.LocalBinaries;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** A JVM of its own that starts a server, commits a row in table t, and is killed before it can stop the server. */
final class KilledProcess {

    private KilledProcess() {}

    /** Runs to its death; returns the postmaster that it leaves behind. */
    static ProcessHandle startServer(Path project, DatabaseUrl.Embedded url) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dbasedir=" + System.getProperty("basedir", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        project.toString(),
                        url.name(),
                        url.init().get(0))
                .inheritIO()
                .start();
        process.waitFor();
        return Postmaster.of(
                        project.resolve(".dbops/embedded").resolve(url.name()).resolve("data"))
                .orElseThrow()
                .process();
    }

    /** What the process runs: project folder, server name, init script. */
    public static void main(String[] arguments) throws Exception {
        DatabaseUrl.Embedded url =
                new DatabaseUrl.Embedded(arguments[1], Optional.empty(), List.of(arguments[2]), null);
        EmbeddedServer server = new EmbeddedServers(new LocalBinaries(), line -> {}).start(url, Path.of(arguments[0]));
        try (Connection connection = TestServer.connect(server.url())) {
            connection.createStatement().execute("INSERT INTO t DEFAULT VALUES");
        }
        // As kill -9: no shutdown hook runs.
        Runtime.getRuntime().halt(137);
    }
}
