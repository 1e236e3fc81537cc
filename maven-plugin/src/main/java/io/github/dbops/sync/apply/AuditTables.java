package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** The tables in which applies leave their record: found, made, or asked of an owner. */
final class AuditTables {

    private static final String SCHEMA = "CREATE SCHEMA IF NOT EXISTS dbops;\n";

    private static final String RUNS = """
            CREATE TABLE dbops.sync_run (
                run_id       uuid PRIMARY KEY,
                state        text NOT NULL CHECK (state IN ('started', 'applied', 'not applied')),
                started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
                ended_at     timestamptz,
                database_role text NOT NULL DEFAULT current_user,
                backend_pid  integer NOT NULL DEFAULT pg_backend_pid(),
                started_by   text NOT NULL,
                git_commit   text,
                ci_run       text,
                plan_file    text NOT NULL,
                plan_hash    text NOT NULL,
                digest       text,
                inserted     bigint,
                updated      bigint,
                tables       text[],
                protected_patterns text[],
                side_effects text[],
                samples      text,
                undoes       uuid,
                deleted      bigint,
                remaining    bigint
            );
            COMMENT ON TABLE dbops.sync_run IS 'Applies of dbops:sync: who, when, what plan, what digest, how many rows.';
            """;

    // Of a target that was applied to before there was an undo.
    private static final String RUNS_LACK = """
            ALTER TABLE dbops.sync_run
                ADD COLUMN IF NOT EXISTS protected_patterns text[],
                ADD COLUMN IF NOT EXISTS side_effects text[],
                ADD COLUMN IF NOT EXISTS samples text,
                ADD COLUMN IF NOT EXISTS undoes uuid,
                ADD COLUMN IF NOT EXISTS deleted bigint,
                ADD COLUMN IF NOT EXISTS remaining bigint;
            """;

    private static final String UNDO = """
            CREATE TABLE dbops.sync_undo (
                run_id       uuid NOT NULL REFERENCES dbops.sync_run ON DELETE CASCADE,
                part         integer NOT NULL,
                table_schema text NOT NULL,
                table_name   text NOT NULL,
                action       text NOT NULL CHECK (action IN ('insert', 'update')),
                first_row    bigint NOT NULL,
                row_count    bigint NOT NULL,
                key_columns  text[] NOT NULL,
                columns      text[] NOT NULL,
                sensitive    text[] NOT NULL,
                layout       text[] NOT NULL,
                canary       bigint NOT NULL,
                keys         text[],
                hashes       bigint[],
                former       text[],
                PRIMARY KEY (run_id, part)
            );
            -- Compressing hashes is in vain, and compressing values costs an apply more than writing them.
            ALTER TABLE dbops.sync_undo
                ALTER keys SET STORAGE EXTERNAL,
                ALTER hashes SET STORAGE EXTERNAL,
                ALTER former SET STORAGE EXTERNAL;
            COMMENT ON TABLE dbops.sync_undo IS 'What dbops:undo needs of an apply: many rows in each row, a line of keys and former for each column.';
            """;

    private final Session target;

    AuditTables(Session target) {
        this.target = target;
    }

    /**
     * Makes sure that an apply can write its record: creates what is absent, in a transaction of its own.
     *
     * @throws io.github.dbops.problem.ProblemException (AUDIT_UNAVAILABLE) with the SQL for an owner
     */
    void prepare() {
        boolean runs = exists("sync_run");
        if (runs && exists("sync_undo")) {
            if (!isAllowed("sync_run", "SELECT", "INSERT", "UPDATE") || !isAllowed("sync_undo", "INSERT")) {
                throw unavailable("The role may not write dbops.sync_run and dbops.sync_undo.", grants());
            }
            return;
        }
        String tables = (runs ? RUNS_LACK : RUNS) + UNDO;
        target.begin(Session.Transaction.READ_COMMITTED);
        try {
            target.execute(hasSchema() ? tables : SCHEMA + tables);
            target.commit();
        } catch (SqlFailure failure) {
            target.rollback();
            if (!failure.state().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw failure;
            }
            throw unavailable(
                    failure.said() + " (SQLSTATE " + failure.state() + ")", SCHEMA + tables.strip() + "\n" + grants());
        }
    }

    /**
     * Makes sure that an undo can read what was recorded, and write its own record.
     *
     * @throws io.github.dbops.problem.ProblemException (AUDIT_UNAVAILABLE) with the SQL for an owner
     */
    void checkForUndo() {
        if (!isAllowed("sync_run", "SELECT", "INSERT", "UPDATE") || !isAllowed("sync_undo", "SELECT")) {
            String role = role();
            throw unavailable(
                    "The undo cannot use the record of applies in the target.",
                    "The role may not read dbops.sync_undo, or not write dbops.sync_run.",
                    List.of(
                            "As an owner of the database, run once:",
                            "  GRANT USAGE ON SCHEMA dbops TO " + role + ";",
                            "  GRANT SELECT, INSERT, UPDATE ON dbops.sync_run TO " + role + ";",
                            "  GRANT SELECT ON dbops.sync_undo TO " + role + ";"));
        }
    }

    /** Whether there is such a table; from the catalog, because to_regclass is an error without USAGE on the schema. */
    boolean exists(String table) {
        return target.one("""
                SELECT EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'dbops' AND c.relname = ?)
                """, row -> row.getBoolean(1), table);
    }

    // Where it exists, IF NOT EXISTS would still ask for CREATE on the database.
    private boolean hasSchema() {
        return target.one("SELECT to_regnamespace('dbops') IS NOT NULL", row -> row.getBoolean(1));
    }

    // Each by itself: of a list, has_table_privilege is content with any.
    private boolean isAllowed(String table, String... privileges) {
        return target.one("""
                SELECT has_schema_privilege(n.oid, 'USAGE')
                   AND (SELECT bool_and(has_table_privilege(c.oid, p)) FROM unnest(?::text[]) AS p)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'dbops' AND c.relname = ?
                """, row -> row.getBoolean(1), List.of(privileges), table);
    }

    private String role() {
        return target.one("SELECT quote_ident(current_user)", row -> row.getString(1));
    }

    private String grants() {
        String role = role();
        return "GRANT USAGE ON SCHEMA dbops TO " + role + ";\nGRANT SELECT, INSERT, UPDATE ON dbops.sync_run TO " + role
                + ";\nGRANT INSERT ON dbops.sync_undo TO " + role + ";";
    }

    private static RuntimeException unavailable(String why, String sql) {
        List<String> next = new ArrayList<>(List.of("As an owner of the database, run once:"));
        sql.lines().forEach(line -> next.add("  " + line));
        next.add("Or apply without a record, and without a later undo: -Ddbops.audit=false");
        return unavailable("The apply cannot leave a record in the target.", why, next);
    }

    private static RuntimeException unavailable(String what, String why, List<String> next) {
        return new Problem(Code.AUDIT_UNAVAILABLE, what, "tables dbops.sync_run, dbops.sync_undo", why, null, next)
                .exception();
    }
}
