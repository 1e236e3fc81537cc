package io.github.dbops.command;

import io.github.dbops.env.DatabaseResolution;
import io.github.dbops.env.ServerCredentials;
import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.postgres.embedded.EmbeddedServers;
import io.github.dbops.run.Origin;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import java.util.Map;

/**
 * What every command finds around it.
 *
 * @param environment the process environment
 * @param servers {@code settings.xml}
 * @param binaries where PostgreSQL's own binaries come from when a URL says {@code embedded:}
 * @param progress where the run says what it is doing
 */
public record Surroundings(
        Map<String, String> environment, ServerCredentials servers, EmbeddedBinaries binaries, Progress progress) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Finds databases by their settings. */
    public DatabaseResolution databases() {
        return new DatabaseResolution(environment, servers);
    }

    /** The embedded servers of one run, none of them started yet; the run closes them. */
    public StartedServers embedded(PhaseClock clock, Path directory) {
        return new StartedServers(new EmbeddedServers(binaries, clock::say), directory);
    }

    /** Who runs it, where, and from which commit. */
    public Origin origin(Path directory) {
        return Provenance.of(environment, directory);
    }
}
