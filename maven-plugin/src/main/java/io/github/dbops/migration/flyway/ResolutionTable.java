package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Resolution;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code dbops.migration_resolution}: what was corrected in Flyway's history, which itself keeps no trace of a row that is
 * deleted.
 *
 * @param session of the database
 */
record ResolutionTable(Session session) {

    private static final String SCHEMA = "CREATE SCHEMA IF NOT EXISTS dbops;\n";

    private static final String DDL = """
            CREATE TABLE dbops.migration_resolution (
                id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                resolved_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
                database_role text NOT NULL DEFAULT current_user,
                started_by    text NOT NULL,
                git_commit    text,
                ci_run        text,
                history_table text NOT NULL,
                migration     text NOT NULL,
                action        text NOT NULL CHECK (action IN ('applied', 'rolled-back')),
                deleted_row   jsonb
            );
            COMMENT ON TABLE dbops.migration_resolution IS 'Corrections of a migration history by dbops:resolve: who, when, what.';
            """;

    /** The migrations of a history whose last correction says that they were rolled back; none where none may be read. */
    Set<String> rolledBack(HistoryTable history) {
        if (!allows("SELECT")) {
            return new TreeSet<>();
        }
        return new TreeSet<>(session.query("""
                SELECT migration FROM (
                    SELECT DISTINCT ON (migration) migration, action
                    FROM dbops.migration_resolution WHERE history_table = ?
                    ORDER BY migration, id DESC) AS newest
                WHERE action = 'rolled-back'
                """, row -> row.getString(1), history.quoted()));
    }

    /**
     * Makes sure that a correction can be recorded; outside any transaction.
     *
     * @throws io.github.dbops.problem.ProblemException (AUDIT_UNAVAILABLE) with the SQL for an owner
     */
    void prepare() {
        if (exists()) {
            if (!allows("INSERT")) {
                throw unavailable("The role may not write dbops.migration_resolution.", grants());
            }
            return;
        }
        session.begin(Session.Transaction.READ_COMMITTED);
        try {
            // Where it exists, IF NOT EXISTS would still ask for CREATE on the database.
            boolean schema = session.one("SELECT to_regnamespace('dbops') IS NOT NULL", row -> row.getBoolean(1));
            session.execute(schema ? DDL : SCHEMA + DDL);
            session.commit();
        } catch (SqlFailure failure) {
            session.rollback();
            if (!failure.state().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw failure;
            }
            throw unavailable(
                    failure.said() + " (SQLSTATE " + failure.state() + ")", SCHEMA + DDL.strip() + "\n" + grants());
        }
    }

    /**
     * Records a correction in the running transaction.
     *
     * @param deletedRow the row that went, as JSON; empty where none did
     */
    void record(HistoryTable history, String migration, Resolution.Action action, Origin origin, String deletedRow) {
        session.update(
                """
                INSERT INTO dbops.migration_resolution
                    (started_by, git_commit, ci_run, history_table, migration, action, deleted_row)
                VALUES (?, nullif(?, ''), nullif(?, ''), ?, ?, ?, nullif(?, '')::jsonb)
                """,
                origin.startedBy(),
                origin.gitCommit().orElse(""),
                origin.ciRun().orElse(""),
                history.quoted(),
                migration,
                action.word(),
                deletedRow);
    }

    // From the catalog, because to_regclass is an error without USAGE on the schema.
    private boolean exists() {
        return session.one("""
                SELECT EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'dbops' AND c.relname = 'migration_resolution')
                """, row -> row.getBoolean(1));
    }

    private boolean allows(String privilege) {
        return session.first("""
                        SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, ?)
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = 'dbops' AND c.relname = 'migration_resolution'
                        """, row -> row.getBoolean(1), privilege).orElse(false);
    }

    private String grants() {
        String role = session.one("SELECT quote_ident(current_user)", row -> row.getString(1));
        return "GRANT USAGE ON SCHEMA dbops TO " + role + ";\nGRANT SELECT, INSERT ON dbops.migration_resolution TO "
                + role + ";";
    }

    private static RuntimeException unavailable(String why, String sql) {
        List<String> next = new ArrayList<>(List.of("As an owner of the database, run once:"));
        sql.lines().forEach(line -> next.add("  " + line));
        return new Problem(
                        Code.AUDIT_UNAVAILABLE,
                        "The correction cannot leave a record in the database.",
                        "table dbops.migration_resolution",
                        why,
                        "Nothing was changed.",
                        next)
                .exception();
    }
}
