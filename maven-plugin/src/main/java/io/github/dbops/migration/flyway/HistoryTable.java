package io.github.dbops.migration.flyway;

import io.github.dbops.migration.HistoryRow;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Flyway's history table.
 *
 * @param schema its schema; empty where the search path leads to none
 * @param name as in the catalog
 */
record HistoryTable(String schema, String name) {

    /** "Flyway" in ASCII: Flyway's lock is this and the hash of the table's quoted name. */
    private static final long FLYWAY = 0x466C79776179L;

    /** Where a configuration puts it; the session is in a transaction. */
    static HistoryTable of(Configuration configuration, Session session) {
        String named = configuration.getDefaultSchema();
        String[] schemas = configuration.getSchemas();
        String schema = named != null
                ? named
                : schemas.length > 0
                        ? schemas[0]
                        : session.one("SELECT coalesce(current_schema(), '')", row -> row.getString(1));
        return new HistoryTable(schema, configuration.getTable());
    }

    boolean exists(Session session) {
        return session.one("""
                SELECT EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p'))
                """, row -> row.getBoolean(1), schema, name);
    }

    /** Its rows by rank, oldest first. */
    Map<Integer, HistoryRow> rows(Session session) {
        Map<Integer, HistoryRow> rows = new LinkedHashMap<>();
        session.query("SELECT * FROM " + quoted() + " ORDER BY installed_rank", row -> {
            rows.put(row.getInt("installed_rank"), row(row));
            return true;
        });
        return rows;
    }

    private static HistoryRow row(ResultSet row) throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            // Written by Flyway as the local time of the machine that it ran on; here it is read as this one's.
            Timestamp time = row.getMetaData().getColumnType(i) == Types.TIMESTAMP ? row.getTimestamp(i) : null;
            values.put(
                    row.getMetaData().getColumnName(i),
                    time == null ? row.getString(i) : time.toInstant().toString());
        }
        return new HistoryRow(values);
    }

    /** What the newest row of a migration says; empty where it has none, or one of a former run of a repeatable. */
    Optional<RowValues.Outcome> newest(Session session, RowValues values) {
        return session.first("""
                SELECT success, coalesce(checksum::text, '') = ? FROM %s
                WHERE script = ? ORDER BY installed_rank DESC LIMIT 1
                """.formatted(quoted()), row -> outcome(row), values.checksumText(), values.script())
                .flatMap(found -> found);
    }

    private static Optional<RowValues.Outcome> outcome(ResultSet row) throws SQLException {
        if (!row.getBoolean(1)) {
            return Optional.of(RowValues.Outcome.FAILED);
        }
        return row.getBoolean(2) ? Optional.of(RowValues.Outcome.SUCCESS) : Optional.empty();
    }

    /** Takes the row away that the journal has left of a migration. */
    void removeMark(Session session, RowValues values) {
        session.update("DELETE FROM " + quoted() + """
                 WHERE NOT success AND execution_time = 0 AND script = ?
                """, values.script());
    }

    /** Flyway's own lock, at session level. */
    AdvisoryLock lock() {
        return AdvisoryLock.flyway(lockKey());
    }

    /** The key of Flyway's own lock. */
    long lockKey() {
        return FLYWAY + quoted().hashCode();
    }

    /** For statements. */
    String quoted() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    /** For people. */
    Optional<String> display() {
        return Optional.of(schema + "." + name);
    }
}
