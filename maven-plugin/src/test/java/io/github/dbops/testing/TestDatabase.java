package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A database of a test's own. Statements run each in a session of its own, so that what they did is committed, its
 * statistics are flushed and no setting stays.
 */
public final class TestDatabase implements AutoCloseable {

    private final TestServer server;
    private final String name;

    TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** The server it is on. */
    public TestServer server() {
        return server;
    }

    /** Its name, which needs no quotes. */
    public String name() {
        return name;
    }

    /** Its URL as the superuser; asked anew after a restart, which may move the port. */
    public DatabaseUrl.Server url() {
        return server.url(name);
    }

    /** A new plain connection as the superuser, in auto-commit; the caller closes it. */
    public Connection connection() throws SQLException {
        return server.connect(name);
    }

    /** Runs one or several statements, separated by semicolons, in one implicit transaction. */
    public void execute(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    /** All rows of a query, each column as the server's text for it; NULL is null. */
    public List<List<String>> query(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(Collections.unmodifiableList(row));
            }
            return Collections.unmodifiableList(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    /** Whether it is still there. */
    public boolean exists() {
        return !new TestDatabase(server, "postgres")
                .query("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")
                .isEmpty();
    }

    /** Drops it where it is still there, sessions or not. */
    @Override
    public void close() {
        new TestDatabase(server, "postgres")
                .execute("DROP DATABASE IF EXISTS " + Identifier.quote(name) + " WITH (FORCE)");
    }

    @Override
    public String toString() {
        return name + " on " + server;
    }
}
