package io.github.dbops.command;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SameDatabase;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.embedded.EmbeddedServer;
import io.github.dbops.postgres.embedded.EmbeddedServers;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.compare.Comparison;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The two databases of a run: embedded ones are started here and stopped at the end. */
final class Databases implements AutoCloseable {

    private final Connector connector;
    private final Deque<EmbeddedServer> started = new ArrayDeque<>();
    private final DatabaseUrl sourceUrl;
    private final DatabaseUrl targetUrl;
    private final DatabaseUrl.Server source;
    private final DatabaseUrl.Server target;

    Databases(
            ResolvedDatabase source,
            ResolvedDatabase target,
            Path directory,
            EmbeddedServers servers,
            Connector connector) {
        this.connector = connector;
        this.sourceUrl = source.url();
        this.targetUrl = target.url();
        try {
            this.source = server(sourceUrl, directory, servers);
            this.target = server(targetUrl, directory, servers);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private DatabaseUrl.Server server(DatabaseUrl url, Path directory, EmbeddedServers servers) {
        if (url instanceof DatabaseUrl.Server server) {
            return server;
        }
        EmbeddedServer embedded = servers.start((DatabaseUrl.Embedded) url, directory);
        started.push(embedded);
        return embedded.url();
    }

    Session openSource() {
        return connector.open(source);
    }

    Session openTarget() {
        return connector.open(target);
    }

    /**
     * What stays the same of the databases. The source is built anew by CI jobs and on every machine, so only its name
     * counts; the target is one system, whichever of its standbys answers.
     */
    Comparison.Identity identity(Session targetSession) {
        return new Comparison.Identity(
                sourceUrl instanceof DatabaseUrl.Server server ? server.database() : sourceUrl.display(),
                targetUrl instanceof DatabaseUrl.Server ? targetSession.traits().identity() : targetUrl.display());
    }

    /**
     * Refuses to compare a database with itself; both sessions are inside transactions.
     *
     * @throws io.github.dbops.problem.ProblemException (SAME_DATABASE)
     */
    void checkDiffer(Session sourceSession, Session targetSession) {
        if (SameDatabase.areOne(sourceSession, targetSession)) {
            throw Problem.of(
                            Code.SAME_DATABASE,
                            "Source and target are the same database.",
                            sourceUrl.display() + " and " + targetUrl.display()
                                    + " lead to it: a lock taken through the one is seen through the other.",
                            "Check fromEnv and toEnv, and the URLs in these files.")
                    .exception();
        }
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
