package io.github.dbops.migration.flyway;

import io.github.dbops.postgres.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.jspecify.annotations.Nullable;

/**
 * What Flyway writes of a migration into its history.
 *
 * @param version null for a repeatable
 * @param description at most 200 characters, as the column has it
 * @param type SQL, JDBC…
 * @param script the file below its location, or the class; at most 1000 characters
 * @param checksum null where it has none
 */
record RowValues(
        @Nullable String version,
        String description,
        String type,
        String script,
        @Nullable Integer checksum) {

    /** Of what is on disk; where there is nothing any more, of what the history has. */
    static RowValues of(MigrationInfo info) {
        Optional<ResolvedMigration> onDisk = OnDisk.of(info);
        return new RowValues(
                info.getVersion() == null ? null : info.getVersion().toString(),
                description(onDisk.map(ResolvedMigration::getDescription).orElseGet(info::getDescription)),
                onDisk.map(ResolvedMigration::getType).orElseGet(info::getType).name(),
                script(onDisk.map(ResolvedMigration::getScript).orElseGet(info::getScript)),
                onDisk.map(ResolvedMigration::getChecksum).orElse(null));
    }

    // Flyway's AbbreviationUtils cuts a description's end and a script's beginning.
    static String description(String whole) {
        return whole.length() <= 200 ? whole : whole.substring(0, 197) + "...";
    }

    private static String script(String whole) {
        return whole.length() <= 1000 ? whole : "..." + whole.substring(3, 1000);
    }

    /** Empty where it has none. */
    String checksumText() {
        return checksum == null ? "" : checksum.toString();
    }

    /** Binds them in this order. */
    void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, version);
        statement.setString(2, description);
        statement.setString(3, type);
        statement.setString(4, script);
        if (checksum == null) {
            statement.setNull(5, Types.INTEGER);
        } else {
            statement.setInt(5, checksum);
        }
    }

    /**
     * Writes the row, as the next one by rank; in the session's transaction, if it is in one.
     *
     * @param installedBy {@code flyway.installedBy}; empty: the role
     */
    void insert(Session session, HistoryTable table, Outcome outcome, String installedBy) {
        session.update(
                "INSERT INTO " + table.quoted() + """
                 (installed_rank, version, description, type, script, checksum, installed_by, installed_on,
                  execution_time, success)
                SELECT coalesce(max(installed_rank), 0) + 1, nullif(?, ''), ?, ?, ?, nullif(?, '')::integer,
                       coalesce(nullif(?, ''), current_user), ?, 0, ?
                FROM %s
                """.formatted(table.quoted()),
                version == null ? "" : version,
                description,
                type,
                script,
                checksumText(),
                installedBy,
                // This machine's local time, as Flyway writes it.
                Timestamp.from(Instant.now()),
                outcome == Outcome.SUCCESS);
    }

    /** What the row says. */
    enum Outcome {
        SUCCESS,
        FAILED
    }
}
