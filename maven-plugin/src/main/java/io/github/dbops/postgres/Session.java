package io.github.dbops.postgres;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * One session with a PostgreSQL server. Not for several threads at once. Every failure is a {@link SqlFailure}.
 *
 * <p>Transactions are begun by statement, not by the driver: it would set their characteristics for the session, which
 * leaks to other clients behind a transaction pooler.
 */
public final class Session implements AutoCloseable {

    private final Connection connection;
    private final String database;
    private final Traits traits;
    private final SessionSettings settings;

    Session(Connection connection, String database, Traits traits, SessionSettings settings) {
        this.connection = connection;
        this.database = database;
        this.traits = traits;
        this.settings = settings;
    }

    /** The database for people; no secret in it. */
    public String database() {
        return database;
    }

    /** The driver's connection, which {@link SessionSource} hands to a library. */
    Connection connection() {
        return connection;
    }

    /** What the server said of itself when the session began. */
    public Traits traits() {
        return traits;
    }

    /**
     * Begins a transaction and pins its settings; takes no snapshot yet.
     *
     * @see SessionSettings
     */
    public void begin(Transaction mode) {
        // One round trip; none of these statements takes a snapshot.
        execute(mode.statement() + "; " + String.join("; ", settings.statements(traits.majorVersion())));
    }

    /**
     * Begins a READ ONLY transaction that sees what another session's sees.
     *
     * @param snapshot what {@link #exportSnapshot} gave, of the same server and database
     */
    public void beginWithin(String snapshot) {
        execute(Transaction.READ_ONLY.statement() + "; SET TRANSACTION SNAPSHOT '"
                + snapshot.replace("'", "''") + "'; "
                + String.join("; ", settings.statements(traits.majorVersion())));
    }

    /**
     * Lets other sessions see what this one's transaction sees, for as long as it lasts. Only where the server is {@link
     * Traits#sharing sharing}: a refusal would end the transaction, and no savepoint could prevent that, because
     * PostgreSQL exports no snapshot from a subtransaction.
     *
     * @see <a
     *     href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">Snapshot
     *     Synchronization</a>
     */
    public String exportSnapshot() {
        return one("SELECT pg_export_snapshot()", row -> row.getString(1));
    }

    /** Commits; a failure leaves the outcome unknown to the caller. */
    public void commit() {
        execute("COMMIT");
    }

    /** Rolls back; a session that is already gone has done so. */
    public void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SqlFailure gone) {
            close();
        }
    }

    /** Runs a statement that returns nothing. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }

    /**
     * Runs an INSERT, UPDATE or DELETE; several statements with semicolons between make one round trip.
     *
     * @return the number of rows, of all statements together
     */
    public long update(String sql, Object... values) {
        try (PreparedStatement statement = prepare(sql, values)) {
            long rows = statement.executeLargeUpdate();
            while (!statement.getMoreResults() && statement.getLargeUpdateCount() >= 0) {
                rows += statement.getLargeUpdateCount();
            }
            return rows;
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }

    /** Runs a query whose result fits into memory. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... values) {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }

    /** The first row of a query, if it has one. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, Object... values) {
        return query(sql, reader, values).stream().findFirst();
    }

    /** The one row of a query that always has one. */
    public <T> T one(String sql, RowReader<T> reader, Object... values) {
        return first(sql, reader, values).orElseThrow(() -> new IllegalStateException("no row from: " + sql));
    }

    /**
     * Sends a script as it stands, in one message. Outside a transaction the server makes one of all its statements,
     * unless it has transaction control of its own. Only in a session {@link Connector#openForScripts for scripts}; in
     * another the driver takes it apart first.
     *
     * @throws ScriptFailure with how far it came
     */
    public ScriptResult script(String text) {
        return ScriptRun.of(connection, database, text);
    }

    /**
     * Begins {@code COPY … TO STDOUT}. Returns when the server sends its first bytes, so a sort on the server is waited
     * for here.
     */
    CopyOut copyOut(String sql) {
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }

    /** Begins {@code COPY … FROM STDIN}; closing the stream ends it. */
    public OutputStream copyIn(String sql) {
        try {
            return new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql, 1 << 16);
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }

    /** Turns what a COPY stream threw back into the server's answer. */
    public RuntimeException failure(java.io.IOException thrown) {
        return thrown.getCause() instanceof SQLException answer
                ? new SqlFailure(database, answer)
                : new SqlFailure(database, new SQLException(thrown.getMessage(), "08006", thrown));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // The server ends the session by itself; nothing of it is left to do here.
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i] instanceof List<?> texts
                        ? connection.createArrayOf("text", texts.toArray())
                        : values[i];
                statement.setObject(i + 1, value);
            }
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** The value of the current row. */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * What the server answered to a script.
     *
     * @param statements how many it completed
     * @param notices what it said meanwhile, as {@code NOTICE: text}
     */
    public record ScriptResult(int statements, List<String> notices) {

        public ScriptResult {
            notices = List.copyOf(notices);
        }
    }

    /** How a transaction is begun. */
    public enum Transaction {
        /** One snapshot, and nothing can be written. */
        READ_ONLY("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        /** One snapshot, and a row that another transaction changed since cannot be changed. */
        SNAPSHOT("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"),
        /** Each statement sees what was committed before it. */
        READ_COMMITTED("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");

        private final String statement;

        Transaction(String statement) {
            this.statement = statement;
        }

        String statement() {
            return statement;
        }
    }

    /**
     * What a server says of itself.
     *
     * @param majorVersion 14, 15…
     * @param standby it is in recovery: reads only
     * @param pooled the driver's backend is not the one that answers: a transaction pooler is in between
     * @param encoding the database's encoding
     * @param identity system identifier and database name: equal for a primary and its standbys
     * @param user the role
     * @param product what kind of server it is
     * @param sharing another session may be let into a transaction's snapshot, and the role may do so
     */
    public record Traits(
            int majorVersion,
            boolean standby,
            boolean pooled,
            String encoding,
            String identity,
            String user,
            Product product,
            boolean sharing) {}
}
