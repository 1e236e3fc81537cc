package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Opens sessions; tries again while the failure is the connection's, never when it is the credentials'. */
public final class Connector {

    private static final int OLDEST_SERVER = 14;

    private final ConnectionPolicy policy;
    private final String applicationName;
    private final Consumer<String> narrator;

    /**
     * A connector for one goal.
     *
     * @param policy waiting and retrying
     * @param goal becomes the session's {@code application_name}, {@code dbops/<goal>}
     * @param narrator told one line per retry
     */
    public Connector(ConnectionPolicy policy, String goal, Consumer<String> narrator) {
        this.policy = policy;
        this.applicationName = "dbops/" + goal;
        this.narrator = narrator;
    }

    /**
     * Opens a session.
     *
     * @throws SqlFailure when the server refuses
     * @throws io.github.dbops.problem.ProblemException (SERVER_TOO_OLD); and when the server cannot be reached within the
     *     policy, so that nobody tries again what was tried often enough
     */
    public Session open(DatabaseUrl.Server url) {
        return open(url, Protocol.EXTENDED);
    }

    /**
     * Opens a session if the server has room for one now; nothing is tried again.
     *
     * @throws SqlFailure when it has not
     */
    public Session openAtOnce(DatabaseUrl.Server url) {
        return openOnce(url, Protocol.EXTENDED);
    }

    /**
     * Opens a session whose {@link Session#script scripts} reach the server as they are written. Values of other
     * statements still travel apart from them.
     *
     * @throws SqlFailure as {@link #open}
     */
    public Session openForScripts(DatabaseUrl.Server url) {
        return open(url, Protocol.SIMPLE_FOR_SCRIPTS);
    }

    private Session open(DatabaseUrl.Server url, Protocol protocol) {
        RetryPolicy<Session> retries = RetryPolicy.<Session>builder()
                .handleIf(failure ->
                        failure instanceof SqlFailure sql && sql.state().isConnectionFailure())
                .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(20))
                .withJitter(0.2)
                .withMaxAttempts(policy.attempts())
                .withMaxDuration(policy.within())
                .onRetryScheduled(event -> narrator.accept(String.format(
                        Locale.ROOT,
                        "Cannot connect to %s: %s. Try %d of %d in %.1f s.",
                        url.display(),
                        event.getLastException().getMessage(),
                        event.getAttemptCount() + 1,
                        policy.attempts(),
                        event.getDelay().toMillis() / 1000.0)))
                .build();
        try {
            return Failsafe.with(retries).get(() -> openOnce(url, protocol));
        } catch (SqlFailure failure) {
            throw failure.state().isConnectionFailure() ? failure.problem().exception(failure) : failure;
        } catch (FailsafeException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to " + url.display(), interrupted);
        }
    }

    private Session openOnce(DatabaseUrl.Server url, Protocol protocol) {
        try {
            // Not DriverManager: it sees only drivers of the class loader that first asked it.
            Connection connection = new Driver().connect(jdbcUrl(url), properties(url, protocol));
            if (connection == null) {
                throw new SQLException("the driver does not accept the URL", "08001");
            }
            Session session = new Session(
                    connection,
                    url.display(),
                    traits(connection, url),
                    new SessionSettings(policy.lockTimeout(), url.schema()));
            if (session.traits().majorVersion() < OLDEST_SERVER) {
                session.close();
                throw Problem.of(
                                Code.SERVER_TOO_OLD,
                                "The server of " + url.display() + " is PostgreSQL "
                                        + session.traits().majorVersion() + ".",
                                "dbops needs PostgreSQL " + OLDEST_SERVER + " or newer.",
                                "Upgrade the server.")
                        .exception();
            }
            return session;
        } catch (SQLException failure) {
            throw new SqlFailure(url.display(), failure, SqlFailure.Moment.CONNECTING);
        }
    }

    private Session.Traits traits(Connection connection, DatabaseUrl.Server url) throws SQLException {
        int driverPid = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version_num')::int / 10000,
                               pg_is_in_recovery(),
                               pg_backend_pid(),
                               current_setting('server_encoding'),
                               current_database(),
                               current_user,
                               coalesce(has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE'), false),
                               coalesce(has_function_privilege(to_regprocedure('pg_export_snapshot()'), 'EXECUTE'), false),
                               version(),
                        """ + Product.MARKS)) {
            row.next();
            Product product = Product.of(row.getString(9), Optional.ofNullable(row.getString(10)));
            boolean guessed = url.pooled() || row.getInt(3) != driverPid;
            return new Session.Traits(
                    row.getInt(1),
                    row.getBoolean(2),
                    guessed && policy.pooler() == ConnectionPolicy.Pooler.DETECT,
                    row.getString(4),
                    (row.getBoolean(7) ? systemIdentifier(connection) + "/" : "") + row.getString(5),
                    row.getString(6),
                    product,
                    row.getBoolean(8) && !product.isDistributed());
        }
    }

    private static String systemIdentifier(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String jdbcUrl(DatabaseUrl.Server url) {
        return "jdbc:postgresql://"
                + url.hosts().stream().map(DatabaseUrl.Host::toString).collect(Collectors.joining(","))
                + "/";
    }

    private Properties properties(DatabaseUrl.Server url, Protocol protocol) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "PGDBNAME", url.database(),
                "tcpKeepAlive", "true",
                "connectTimeout", "10",
                // Server-prepared statements collide behind a transaction pooler, and nothing here repeats often.
                "prepareThreshold", "0",
                "ApplicationName", applicationName));
        properties.putAll(url.properties());
        properties.setProperty("preferQueryMode", protocol.mode);
        url.secretProperties().forEach((name, secret) -> properties.setProperty(name, secret.reveal()));
        if (url.user() != null) {
            properties.setProperty("user", url.user());
        }
        if (url.password() != null) {
            properties.setProperty("password", url.password().reveal());
        }
        return properties;
    }

    /** Which of PostgreSQL's two query protocols the driver speaks when no value is bound. */
    private enum Protocol {
        EXTENDED("extended"),
        SIMPLE_FOR_SCRIPTS("extendedForPrepared");

        private final String mode;

        Protocol(String mode) {
            this.mode = mode;
        }
    }
}
