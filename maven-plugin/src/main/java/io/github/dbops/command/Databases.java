package io.github.dbops.command;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SameDatabase;
import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.compare.Comparison;

/** The two databases of a run: embedded ones are started here and stopped at the end. */
final class Databases implements AutoCloseable {

    private final Connector connector;
    private final StartedServers servers;
    private final DatabaseUrl sourceUrl;
    private final DatabaseUrl targetUrl;
    private final DatabaseUrl.Server source;
    private final DatabaseUrl.Server target;

    Databases(ResolvedDatabase source, ResolvedDatabase target, StartedServers servers, Connector connector) {
        this.connector = connector;
        this.servers = servers;
        this.sourceUrl = source.url();
        this.targetUrl = target.url();
        try {
            this.source = servers.reach(sourceUrl);
            this.target = servers.reach(targetUrl);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** A session with each, outside of transactions. */
    OpenDatabases open() {
        return OpenDatabases.of(() -> connector.open(source), () -> connector.open(target));
    }

    Session openTarget() {
        return connector.open(target);
    }

    /** One more session with a side, if its server has room for it now. */
    Session openAnother(Side side) {
        return connector.openAtOnce(side == Side.SOURCE ? source : target);
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
        servers.close();
    }
}
