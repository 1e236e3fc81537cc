package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Deployment;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.run.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Told by Flyway of each migration as it runs. Sets how long it may wait for a lock, and leaves a mark for one that does
 * not run in one transaction with its row: Flyway writes the row only afterwards, and a client that dies in between would
 * leave no trace, so that the migration would run a second time. The mark is a row that says "failed", as Flyway's own
 * would; it goes in the transaction in which Flyway's row comes, so that at no moment there is neither.
 */
final class MigrationJournal implements Callback {

    private static final Set<Event> EVENTS = Set.of(
            Event.BEFORE_EACH_MIGRATE,
            Event.AFTER_EACH_MIGRATE_STATEMENT,
            Event.AFTER_EACH_MIGRATE,
            Event.AFTER_EACH_MIGRATE_ERROR);

    /** A transaction that has written nothing yet goes unnoticed, and is ended with the row. */
    private static final String LEFT_OPEN = "SELECT pg_current_xact_id_if_assigned() IS NOT NULL";

    /** Takes it again where a script, with DISCARD ALL for one, gave it away: Flyway fails where it cannot release it. */
    private static final String LOCK_KEPT = """
            SELECT CASE WHEN EXISTS (
                SELECT FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() AND objsubid = 1
                  AND (classid::bigint << 32 | objid::bigint) = k)
            THEN true ELSE pg_try_advisory_lock(k) END
            FROM (SELECT %d::bigint AS k) AS lock
            """;

    private final Progress progress;
    private final Duration lockTimeout;
    private final HistoryTable table;
    private final MigrationNames names;
    private final List<Deployment.Step> steps = new ArrayList<>();
    private Optional<Running> running = Optional.empty();
    private List<String> notes = List.of();
    private boolean rowDue;
    private String role = "";

    MigrationJournal(Progress progress, Duration lockTimeout, HistoryTable table, MigrationNames names) {
        this.progress = progress;
        this.lockTimeout = lockTimeout;
        this.table = table;
        this.names = names;
    }

    /**
     * The migration that was begun last. It may have come to its end: its row and its commit come after the last that Flyway
     * tells of it.
     */
    Optional<Running> running() {
        return running;
    }

    /** Those that came to their end, in order; the transaction around one, or several, may still be rolled back. */
    List<Deployment.Step> steps() {
        return List.copyOf(steps);
    }

    /** Takes what Flyway recorded without running it, see {@code flyway.skipExecutingMigrations}. */
    void recorded(MigrateResult result) {
        if (running.isEmpty()) {
            result.migrations.forEach(output -> steps.add(new Deployment.Step(
                    output.version.isEmpty() ? output.description : output.version,
                    Duration.ofMillis(output.executionTime),
                    Deployment.Manner.OWN,
                    List.of("Recorded, not run: flyway.skipExecutingMigrations is set."))));
        }
    }

    /** A new attempt begins. */
    void begin(List<String> earlier) {
        running = Optional.empty();
        rowDue = false;
        notes = List.copyOf(earlier);
    }

    /** Ends the transaction that removes the mark with Flyway's own row. */
    String amended(String sql) {
        if (!rowDue || !sql.startsWith("INSERT INTO " + table.quoted())) {
            return sql;
        }
        rowDue = false;
        return sql + "; COMMIT";
    }

    @Override
    public boolean supports(Event event, Context context) {
        return EVENTS.contains(event);
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            switch (event) {
                case BEFORE_EACH_MIGRATE -> before(context.getMigrationInfo(), context.getConnection());
                case AFTER_EACH_MIGRATE_STATEMENT -> running.ifPresent(Running::statementDone);
                case AFTER_EACH_MIGRATE -> after(context.getConnection());
                default -> failed(context.getConnection());
            }
        } catch (SQLException failure) {
            throw new FlywayException(failure.getMessage(), failure);
        }
    }

    @Override
    public String getCallbackName() {
        return "dbops";
    }

    private void before(MigrationInfo info, Connection connection) throws SQLException {
        boolean transacted = !connection.getAutoCommit();
        boolean own = OwnTransactions.are(info);
        boolean atomic = transacted && !own;
        Running begun = new Running(info, names.of(info), atomic, System.nanoTime());
        if (own) {
            begun.ownTransactions();
        }
        running = Optional.of(begun);
        progress.say("Running " + begun.name() + " (" + info.getScript() + ")"
                + (atomic ? "." : transacted ? ", with transactions of its own." : ", not in a transaction."));
        if (!atomic) {
            role = role(connection);
            mark(info, connection);
            begun.markLeft();
        }
        if (transacted && !atomic) {
            connection.commit();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    transacted ? "SET LOCAL lock_timeout = " + lockTimeout.toMillis() : "SET lock_timeout = 0");
        }
    }

    private void after(Connection connection) throws SQLException {
        Running done = running.orElseThrow();
        if (connection.getAutoCommit() && isTrue(connection, LEFT_OPEN)) {
            done.ownTransactions();
            // Flyway's next own transaction would commit it.
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
            throw new FlywayException("The script begins a transaction and does not end it.");
        }
        if (!isTrue(connection, LOCK_KEPT.formatted(table.lockKey()))) {
            throw new FlywayException("The script gave Flyway's lock away, and another run has taken it.");
        }
        if (!done.atomic()) {
            done.allAnswered();
            removeMark(connection);
        }
        Deployment.Manner manner = done.info().getType() == CoreMigrationType.JDBC
                ? Deployment.Manner.OWN
                : done.atomic() ? Deployment.Manner.TRANSACTION : Deployment.Manner.STATEMENTS;
        steps.removeIf(step -> step.migration().equals(done.name()));
        steps.add(new Deployment.Step(done.name(), Duration.ofNanos(System.nanoTime() - done.began()), manner, notes));
        notes = List.of();
    }

    private static boolean isTrue(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private static String role(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT current_user")) {
            answer.next();
            return answer.getString(1);
        }
    }

    /** Leaves the row that says "failed". */
    private void mark(MigrationInfo info, Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table.quoted() + """
                 (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                SELECT coalesce(max(installed_rank), 0) + 1, ?, ?, ?, ?, ?, current_user, 0, false
                FROM %s
                """.formatted(table.quoted()))) {
            RowValues.of(info).bind(insert);
            insert.executeUpdate();
        }
    }

    /** In the transaction in which Flyway's row comes next, which is begun here where there is none. */
    private void removeMark(Connection connection) throws SQLException {
        boolean transacted = !connection.getAutoCommit();
        try (Statement statement = connection.createStatement()) {
            if (!transacted) {
                statement.execute("BEGIN");
            }
            // Flyway takes the role back, too, but only when it writes its row.
            statement.execute("SET ROLE " + Identifier.quote(role));
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table.quoted() + """
                 WHERE NOT success AND execution_time = 0 AND script = ?
                """)) {
            delete.setString(1, RowValues.of(running.orElseThrow().info()).script());
            delete.executeUpdate();
        }
        rowDue = !transacted;
    }

    // Where the transaction is Flyway's, it is rolled back, and the mark stays in place of the row that Flyway does not
    // write.
    private void failed(Connection connection) {
        if (running.filter(Running::isMarked).isEmpty()) {
            return;
        }
        try {
            if (connection.getAutoCommit()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ROLLBACK");
                }
                removeMark(connection);
            }
        } catch (SQLException stays) {
            // The caller's next statement on this session fails as well, and tells why.
        }
    }
}
