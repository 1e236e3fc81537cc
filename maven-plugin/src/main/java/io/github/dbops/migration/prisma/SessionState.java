package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which every migration begins, whatever the one before it has set.
 *
 * @param lockTimeout how long a statement waits for a lock
 * @param schema the search path; null: the role's own
 * @param timeZone the server's own for this role: the driver's would be the client's, and a migration that turns a
 *     timestamp into a timestamptz would do something else on each machine
 * @param applicationName what others see of the session; the driver sets it after connecting, so a reset takes it away
 * @param majorVersion the server's
 */
record SessionState(
        Duration lockTimeout, @Nullable String schema, String timeZone, String applicationName, int majorVersion) {

    /** Set in a migration's transaction alone, so that its end is noticed. */
    static final String MARKER = "dbops.migration";

    /** In this order: the first also takes the role back. */
    static final String BECOME_OURSELVES = "RESET SESSION AUTHORIZATION; RESET ROLE";

    static SessionState of(Session session, Duration lockTimeout, @Nullable String schema) {
        String applicationName = session.one("SHOW application_name", row -> row.getString(1));
        return new SessionState(
                lockTimeout,
                schema,
                timeZone(session),
                applicationName,
                session.traits().majorVersion());
    }

    // The server's own value is hidden behind the driver's; roles' and databases' settings anybody may read, the files
    // only those who may.
    private static String timeZone(Session session) {
        List<String> set = session.query("""
                SELECT substr(each, 10)
                FROM pg_db_role_setting s, unnest(s.setconfig) AS each
                WHERE lower(each) LIKE 'timezone=%'
                  AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                  AND s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
                ORDER BY s.setrole = 0, s.setdatabase = 0
                LIMIT 1
                """, row -> row.getString(1));
        if (!set.isEmpty()) {
            return set.get(0);
        }
        boolean mayRead = session.one(
                "SELECT has_table_privilege('pg_file_settings', 'SELECT')"
                        + " AND has_function_privilege('pg_show_all_file_settings()', 'EXECUTE')",
                row -> row.getBoolean(1));
        return !mayRead
                ? "UTC"
                : session.first(
                                "SELECT setting FROM pg_file_settings WHERE lower(name) = 'timezone' AND applied",
                                row -> row.getString(1))
                        .orElse("UTC");
    }

    /** Begins a migration's transaction; takes no snapshot, so that a script may still choose its isolation level. */
    String beginTransaction(String marker) {
        return "BEGIN; " + set("SET LOCAL ") + "; SET LOCAL " + MARKER + " = '" + marker + "'";
    }

    /** Takes back what a script has set; never DISCARD ALL, which would give the lock away. */
    String forget() {
        return "RESET ALL; SET application_name = " + literal(applicationName);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** For what is sent outside a transaction. */
    String outsideTransactions() {
        return BECOME_OURSELVES + "; " + forget() + "; " + set("SET ");
    }

    private String set(String verb) {
        List<String> settings = new ArrayList<>(List.of(
                waitForLocks(lockTimeout),
                "statement_timeout = 0",
                "idle_in_transaction_session_timeout = 0",
                "tcp_keepalives_idle = 60",
                "tcp_keepalives_interval = 10",
                "tcp_keepalives_count = 6",
                "TimeZone = " + literal(timeZone)));
        if (majorVersion >= 17) {
            settings.add("transaction_timeout = 0");
        }
        if (schema != null) {
            settings.add("search_path = " + Identifier.quote(schema));
        }
        return settings.stream().map(verb::concat).collect(Collectors.joining("; "));
    }

    /** The setting alone, without a verb. */
    static String waitForLocks(Duration time) {
        return "lock_timeout = " + time.toMillis();
    }
}
