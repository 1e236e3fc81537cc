package io.github.dbops.command;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.embedded.EmbeddedServer;
import io.github.dbops.postgres.embedded.EmbeddedServers;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The embedded databases of a run: started when they are asked for, stopped at its end. */
public final class StartedServers implements AutoCloseable {

    private final EmbeddedServers servers;
    private final Path directory;
    private final Deque<EmbeddedServer> started = new ArrayDeque<>();

    /** None yet; their data go under the directory. */
    public StartedServers(EmbeddedServers servers, Path directory) {
        this.servers = servers;
        this.directory = directory;
    }

    /** The server behind a URL, which runs from now on. */
    public DatabaseUrl.Server reach(DatabaseUrl url) {
        if (url instanceof DatabaseUrl.Server server) {
            return server;
        }
        EmbeddedServer embedded = servers.start((DatabaseUrl.Embedded) url, directory);
        started.push(embedded);
        return embedded.url();
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
