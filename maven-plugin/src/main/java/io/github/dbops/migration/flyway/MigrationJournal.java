package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Deployment;
import io.github.dbops.run.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
 * not run in a transaction: Flyway writes its row only afterwards, and a client that dies in between would leave no trace,
 * so that the migration would run a second time. The mark is a row that says "failed", as Flyway's own would.
 */
final class MigrationJournal implements Callback {

    private static final Set<Event> EVENTS = Set.of(
            Event.BEFORE_EACH_MIGRATE,
            Event.AFTER_EACH_MIGRATE_STATEMENT,
            Event.AFTER_EACH_MIGRATE,
            Event.AFTER_EACH_MIGRATE_ERROR);

    private final Progress progress;
    private final Duration lockTimeout;
    private final HistoryTable table;
    private final MigrationNames names;
    private final List<Deployment.Step> steps = new ArrayList<>();
    private Optional<Running> running = Optional.empty();
    private List<String> notes = List.of();

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
        notes = List.copyOf(earlier);
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
                default -> removeMark(context.getConnection());
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
        boolean atomic = !connection.getAutoCommit();
        Running begun = new Running(info, names.of(info), atomic, System.nanoTime());
        running = Optional.of(begun);
        progress.say(
                "Running " + begun.name() + " (" + info.getScript() + ")" + (atomic ? "." : ", not in a transaction."));
        try (Statement statement = connection.createStatement()) {
            statement.execute(atomic ? "SET LOCAL lock_timeout = " + lockTimeout.toMillis() : "SET lock_timeout = 0");
        }
        if (!atomic) {
            mark(info, connection);
        }
    }

    private void after(Connection connection) throws SQLException {
        Running done = running.orElseThrow();
        if (!done.atomic()) {
            removeMark(connection);
        }
        Deployment.Manner manner = done.info().getType() == CoreMigrationType.JDBC
                ? Deployment.Manner.OWN
                : done.atomic() ? Deployment.Manner.TRANSACTION : Deployment.Manner.STATEMENTS;
        steps.removeIf(step -> step.migration().equals(done.name()));
        steps.add(new Deployment.Step(done.name(), Duration.ofNanos(System.nanoTime() - done.began()), manner, notes));
        notes = List.of();
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

    // A session that a script left in a failed transaction cannot remove it: then it stays, and says the truth.
    private void removeMark(Connection connection) {
        running.filter(begun -> !begun.atomic()).ifPresent(begun -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table.quoted() + """
                     WHERE NOT success AND execution_time = 0 AND script = ?
                    """)) {
                delete.setString(1, RowValues.of(begun.info()).script());
                delete.executeUpdate();
            } catch (SQLException stays) {
                // The caller's next statement on this session fails as well, and tells why.
            }
        });
    }

    /** One migration on its way. */
    static final class Running {

        private final MigrationInfo info;
        private final String name;
        private final boolean atomic;
        private final long began;
        private int statements;

        Running(MigrationInfo info, String name, boolean atomic, long began) {
            this.info = info;
            this.name = name;
            this.atomic = atomic;
            this.began = began;
        }

        MigrationInfo info() {
            return info;
        }

        String name() {
            return name;
        }

        /** It runs in a transaction, its row in the history with it. */
        boolean atomic() {
            return atomic;
        }

        long began() {
            return began;
        }

        /** How many of its statements were done. */
        int statements() {
            return statements;
        }

        private void statementDone() {
            statements++;
        }
    }
}
