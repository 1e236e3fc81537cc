package io.github.dbops.mojo;

import io.github.dbops.command.Surroundings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.ConnectionPolicy.Pooler;
import io.github.dbops.run.Progress;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** The parameters of every goal that connects. */
abstract class ConnectingMojo extends DbopsMojo {

    /**
     * How long a statement waits for a lock before its transaction is given up and tried again; a lock queue in front
     * of production is an outage. Default: {@code PT5S}. Example: {@code -Ddbops.lockTimeout=30s}.
     */
    @Parameter(property = "dbops.lockTimeout", defaultValue = "PT5S")
    @Nullable
    String lockTimeout;

    /**
     * How often a connection is tried in all. Only network failures, a server that starts or stops, and "too many
     * connections" are tried again. Default: {@code 5}. Example: {@code -Ddbops.connectAttempts=1}.
     */
    @Parameter(property = "dbops.connectAttempts", defaultValue = "5")
    @Nullable
    String connectAttempts;

    /**
     * The time within which all attempts to connect must have begun. Default: {@code PT2M}. Example:
     * {@code -Ddbops.connectWithin=30s}.
     */
    @Parameter(property = "dbops.connectWithin", defaultValue = "PT2M")
    @Nullable
    String connectWithin;

    /**
     * What stands between dbops and the database: {@code detect} lets dbops find out and refuse a transaction pooler
     * where it needs a session; {@code session} says that the guess is wrong. Default: {@code detect}. Example:
     * {@code -Ddbops.pooler=session}.
     */
    @Parameter(property = "dbops.pooler", defaultValue = "detect")
    @Nullable
    String pooler;

    /** How sessions are to be opened. */
    final ConnectionPolicy connections(ParameterReader read) {
        return new ConnectionPolicy(
                read.duration("dbops.lockTimeout", lockTimeout),
                read.count("dbops.connectAttempts", connectAttempts),
                read.duration("dbops.connectWithin", connectWithin),
                read.word("dbops.pooler", pooler, Pooler.class));
    }

    /** What a command finds around it where Maven runs it. */
    final Surroundings surroundings(SettingsDecrypter decrypter, RepositorySystem repositories, Progress progress) {
        return new Surroundings(
                System.getenv(),
                new MavenServers(session.getSettings(), decrypter),
                new MavenEmbeddedBinaries(repositories, session),
                progress);
    }
}
