package io.github.dbops.command;

import io.github.dbops.env.ServerCredentials;
import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.sync.Progress;
import io.github.dbops.sync.SyncOutcome;
import java.util.Map;

/** {@code dbops:sync}: guard, compare, review, apply, report. */
public final class SyncCommand {

    private final Map<String, String> environment;
    private final ServerCredentials servers;
    private final EmbeddedBinaries binaries;
    private final Progress progress;

    /**
     * A command wired to its surroundings.
     *
     * @param environment the process environment
     * @param servers {@code settings.xml}
     * @param binaries where PostgreSQL's own binaries come from when a URL says {@code embedded:}
     * @param progress where the run says what it is doing
     */
    public SyncCommand(
            Map<String, String> environment, ServerCredentials servers, EmbeddedBinaries binaries, Progress progress) {
        this.environment = Map.copyOf(environment);
        this.servers = servers;
        this.binaries = binaries;
        this.progress = progress;
    }

    /** Runs and writes the report files; every problem is in the outcome, none is thrown. */
    public SyncOutcome run(SyncRequest request) {
        throw new UnsupportedOperationException(
                environment + " " + servers + " " + binaries + " " + progress + request);
    }
}
