package io.github.dbops.postgres;

import io.github.dbops.env.DatabaseUrl;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections for a library that wants to open them itself. Each is made as the {@link Connector} makes sessions, with its
 * properties and its tries; what can be set for a whole session alone is set here, because the library begins the
 * transactions.
 */
public final class SessionSource implements DataSource {

    private final Connector connector;
    private final DatabaseUrl.Server url;
    private final Access access;
    private final UnaryOperator<String> amendment;

    /**
     * A source of connections.
     *
     * @param connector opens them
     * @param url the database; its schema becomes the search path
     * @param access whether they can write
     */
    public SessionSource(Connector connector, DatabaseUrl.Server url, Access access) {
        this(connector, url, access, UnaryOperator.identity());
    }

    private SessionSource(Connector connector, DatabaseUrl.Server url, Access access, UnaryOperator<String> amendment) {
        this.connector = connector;
        this.url = url;
        this.access = access;
        this.amendment = amendment;
    }

    /** The same, with a say in the text of each statement that the library prepares. */
    public SessionSource amending(UnaryOperator<String> statement) {
        return new SessionSource(connector, url, access, statement);
    }

    /**
     * A new connection in auto-commit; the caller closes it.
     *
     * @throws SqlFailure and {@link io.github.dbops.problem.ProblemException} as {@link Connector#open}
     */
    @Override
    public Connection getConnection() {
        Session session = connector.open(url);
        try {
            settings().forEach(session::execute);
            return amended(session.connection());
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private Connection amended(Connection connection) {
        InvocationHandler passingOn = (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                arguments[0] = amendment.apply(sql);
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
            }
        };
        return (Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, passingOn);
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "SET statement_timeout = 0",
                "SET idle_in_transaction_session_timeout = 0",
                "SET lock_timeout = 0",
                // So that the locks of a client that is gone without a word end within minutes.
                "SET tcp_keepalives_idle = 60",
                "SET tcp_keepalives_interval = 10",
                "SET tcp_keepalives_count = 6"));
        if (url.schema() != null) {
            settings.add("SET search_path = " + Identifier.quote(url.schema()));
        }
        if (access == Access.READ_ONLY) {
            settings.add("SET default_transaction_read_only = on");
        }
        return settings;
    }

    /** Refused: there is one login, the URL's. */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the URL decides who connects");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    /** The database for people; no secret in it. */
    @Override
    public String toString() {
        return url.display();
    }

    /** Whether a connection can write. */
    public enum Access {
        READ_ONLY,
        READ_WRITE
    }
}
