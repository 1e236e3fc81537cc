package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prisma's history table, always addressed with its schema: a script may leave another search path behind.
 *
 * @param name where it is
 */
record HistoryTable(QualifiedName name) {

    private static final String TABLE = "_prisma_migrations";
    private static final List<String> COLUMNS = List.of(
            "id",
            "checksum",
            "finished_at",
            "migration_name",
            "logs",
            "rolled_back_at",
            "started_at",
            "applied_steps_count");

    /**
     * Looks for it.
     *
     * @param schema the one schema to look in; null: along the search path
     * @throws io.github.dbops.problem.ProblemException HISTORY_MALFORMED
     */
    static Optional<HistoryTable> find(Session session, @Nullable String schema) {
        String sought = schema == null ? TABLE : Identifier.quote(schema) + "." + TABLE;
        // Prisma takes every error of a query for "no table"; to_regclass alone says that there is none.
        return session.first(
                """
                SELECT n.nspname, ARRAY(SELECT a.attname::text
                                        FROM pg_attribute a
                                        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid = to_regclass(?)
                """, row -> found(row.getString(1), (String[]) row.getArray(2).getArray()), sought);
    }

    private static HistoryTable found(String schema, String[] columns) {
        QualifiedName name = new QualifiedName(schema, TABLE);
        List<String> lacking = new ArrayList<>(COLUMNS);
        lacking.removeAll(Arrays.asList(columns));
        if (!lacking.isEmpty()) {
            throw Problem.of(
                            Code.HISTORY_MALFORMED,
                            "The table " + name + " is not a history of Prisma Migrate.",
                            "It has no column " + String.join(", ", lacking) + ".",
                            "If something else made it: ALTER TABLE " + name.sql() + " RENAME TO another_name;",
                            "If it was changed by hand: add what it lacks; docs/prisma.md shows the table.")
                    .at(name.toString())
                    .exception();
        }
        return new HistoryTable(name);
    }

    /**
     * Makes it, and its schema where that is missing.
     *
     * @param schema where
     */
    static HistoryTable create(Session session, String schema) {
        // CREATE SCHEMA IF NOT EXISTS wants the privilege even where there is nothing to create.
        boolean absent =
                session.one("SELECT to_regnamespace(?) IS NULL", row -> row.getBoolean(1), Identifier.quote(schema));
        if (absent) {
            session.execute("CREATE SCHEMA " + Identifier.quote(schema));
        }
        HistoryTable table = new HistoryTable(new QualifiedName(schema, TABLE));
        session.execute("""
                CREATE TABLE %s (
                    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
                    checksum                VARCHAR(64) NOT NULL,
                    finished_at             TIMESTAMPTZ,
                    migration_name          VARCHAR(255) NOT NULL,
                    logs                    TEXT,
                    rolled_back_at          TIMESTAMPTZ,
                    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
                    applied_steps_count     INTEGER NOT NULL DEFAULT 0
                )""".formatted(table.name.sql()));
        return table;
    }

    /** All rows, oldest first. */
    List<PrismaRow> rows(Session session) {
        return session.query(select() + " ORDER BY started_at, id", HistoryTable::row);
    }

    /** One row. */
    Optional<PrismaRow> row(Session session, String id) {
        return session.first(select() + " WHERE id = ?", HistoryTable::row, id);
    }

    /** Records that a migration begins. */
    void start(Session session, String id, String migration, String checksum) {
        // Not waited for to reach the disk: whatever follows it in the log cannot get there without it, and a run of
        // many migrations would wait twice for each.
        session.update(
                "INSERT INTO " + name.sql() + """
                 (id, checksum, migration_name, started_at)
                SELECT ?, ?, ?, ?::timestamptz
                WHERE set_config('synchronous_commit', 'off', true) IS NOT NULL
                """,
                id,
                checksum,
                migration,
                Instant.now().toString());
    }

    /**
     * Records that a migration has ended well, and ends the transaction in which it ran, all in one round trip.
     *
     * @param marker what the transaction was marked with when it began
     * @return false where the script has ended that transaction behind our back: then nothing is recorded
     */
    boolean finishAndCommit(Session session, SessionState state, String id, String marker) {
        return session.update(
                        SessionState.BECOME_OURSELVES + "; UPDATE " + name.sql() + """
                         SET applied_steps_count = applied_steps_count + 1, finished_at = ?::timestamptz
                        WHERE id = ? AND current_setting('%s', true) = ?
                        """.formatted(SessionState.MARKER)
                                + "; " + state.forget() + "; COMMIT",
                        Instant.now().toString(),
                        id,
                        marker)
                == 1;
    }

    /** Records that a migration has ended well, outside any transaction. */
    void finish(Session session, String id) {
        session.update("UPDATE " + name.sql() + """
                 SET applied_steps_count = applied_steps_count + 1, finished_at = ?::timestamptz
                WHERE id = ? AND finished_at IS NULL
                """, Instant.now().toString(), id);
    }

    /** Records why a migration failed. */
    void fail(Session session, String id, String logs) {
        session.update("UPDATE " + name.sql() + " SET logs = ? WHERE id = ?", logs, id);
    }

    /** Marks the failed rows of a migration as rolled back. */
    void rollBack(Session session, String migration, Instant now) {
        session.update("UPDATE " + name.sql() + """
                 SET rolled_back_at = ?::timestamptz
                WHERE migration_name = ? AND finished_at IS NULL AND rolled_back_at IS NULL
                """, now.toString(), migration);
    }

    /** Adds the row of a migration that was applied by other means. */
    void insertApplied(Session session, PrismaRow row) {
        session.update(
                "INSERT INTO " + name.sql() + """
                 (id, checksum, logs, started_at, finished_at, migration_name)
                VALUES (?, ?, '', ?::timestamptz, ?::timestamptz, ?)
                """,
                row.id(),
                row.checksum(),
                row.startedAt().toString(),
                row.startedAt().toString(),
                row.name());
    }

    private String select() {
        return """
                SELECT id, checksum, migration_name, logs, applied_steps_count,
                       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started,
                       to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS finished,
                       to_char(rolled_back_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS rolled_back
                FROM""" + " " + name.sql();
    }

    private static PrismaRow row(ResultSet row) throws SQLException {
        return new PrismaRow(
                row.getString("id"),
                row.getString("checksum"),
                time(row.getString("finished")),
                row.getString("migration_name"),
                Optional.ofNullable(row.getString("logs")),
                time(row.getString("rolled_back")),
                Instant.parse(row.getString("started")),
                row.getInt("applied_steps_count"));
    }

    private static Optional<Instant> time(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }
}
