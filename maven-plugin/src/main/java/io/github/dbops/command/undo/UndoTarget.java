package io.github.dbops.command.undo;

import io.github.dbops.command.StartedServers;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.Session;

/** The one database of an undo; an embedded one is started here and stopped at the end. */
final class UndoTarget implements AutoCloseable {

    private final Connector connector;
    private final StartedServers servers;
    private final DatabaseUrl url;
    private final DatabaseUrl.Server server;

    UndoTarget(ResolvedDatabase target, StartedServers servers, Connector connector) {
        this.connector = connector;
        this.servers = servers;
        this.url = target.url();
        try {
            this.server = servers.reach(url);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    Session open() {
        return connector.open(server);
    }

    /** What stays the same of the target: one system, whichever of its standbys answers. */
    String identity(Session session) {
        return url instanceof DatabaseUrl.Server ? session.traits().identity() : url.display();
    }

    @Override
    public void close() {
        servers.close();
    }
}
