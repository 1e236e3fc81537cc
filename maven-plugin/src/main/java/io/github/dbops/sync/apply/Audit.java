package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target's record of applies, {@code dbops.sync_run}. A run is recorded as {@code started} before its transaction, so
 * that others see who is at work, and becomes {@code applied} inside it: committed with the data, or not at all.
 */
public final class Audit {

    private static final String SCHEMA = "CREATE SCHEMA IF NOT EXISTS dbops;\n";

    private static final String DDL = """
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
                tables       text[]
            );
            COMMENT ON TABLE dbops.sync_run IS 'Applies of dbops:sync: who, when, what plan, what digest, how many rows.';
            """;

    private final Session target;

    /** The audit of a target, in a session that is not in a transaction. */
    public Audit(Session target) {
        this.target = target;
    }

    /**
     * Makes sure that the record can be written: creates the table in a transaction of its own where it is absent.
     *
     * @throws io.github.dbops.problem.ProblemException (AUDIT_UNAVAILABLE) with the SQL for an owner
     */
    public void prepare() {
        if (exists()) {
            if (!isWritable()) {
                throw unavailable("The role may not write dbops.sync_run.", grants());
            }
            return;
        }
        target.begin(Session.Transaction.READ_COMMITTED);
        try {
            target.execute(hasSchema() ? DDL : SCHEMA + DDL);
            target.commit();
        } catch (SqlFailure failure) {
            target.rollback();
            if (!failure.state().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw failure;
            }
            throw unavailable(
                    failure.said() + " (SQLSTATE " + failure.state() + ")", SCHEMA + DDL.strip() + "\n" + grants());
        }
    }

    // From the catalog, because to_regclass is an error without USAGE on the schema.
    private boolean exists() {
        return target.one("""
                SELECT EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'dbops' AND c.relname = 'sync_run')
                """, row -> row.getBoolean(1));
    }

    // Where it exists, IF NOT EXISTS would still ask for CREATE on the database.
    private boolean hasSchema() {
        return target.one("SELECT to_regnamespace('dbops') IS NOT NULL", row -> row.getBoolean(1));
    }

    // Each by itself: of a list, has_table_privilege is content with any.
    private boolean isWritable() {
        return target.one("""
                SELECT has_schema_privilege(n.oid, 'USAGE')
                   AND has_table_privilege(c.oid, 'SELECT')
                   AND has_table_privilege(c.oid, 'INSERT')
                   AND has_table_privilege(c.oid, 'UPDATE')
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'dbops' AND c.relname = 'sync_run'
                """, row -> row.getBoolean(1));
    }

    private String grants() {
        String role = target.one("SELECT quote_ident(current_user)", row -> row.getString(1));
        return "GRANT USAGE ON SCHEMA dbops TO " + role + ";\nGRANT SELECT, INSERT, UPDATE ON dbops.sync_run TO " + role
                + ";";
    }

    private static RuntimeException unavailable(String why, String sql) {
        List<String> next = new ArrayList<>(List.of("As an owner of the database, run once:"));
        sql.lines().forEach(line -> next.add("  " + line));
        next.add("Or apply without a record, and without a later undo: -Ddbops.audit=false");
        return new Problem(
                        Code.AUDIT_UNAVAILABLE,
                        "The apply cannot leave a record in the target.",
                        "table dbops.sync_run",
                        why,
                        null,
                        next)
                .exception();
    }

    /**
     * Closes the records of runs that ended without a commit; the caller holds the run lock, so none of them is alive.
     *
     * @param ownRunId the caller's run, which may have begun before and lost against another transaction
     * @return one sentence each
     */
    public List<String> closeAbandoned(String ownRunId) {
        return target.query(
                """
                UPDATE dbops.sync_run SET state = 'not applied', ended_at = clock_timestamp()
                WHERE state = 'started' AND run_id <> ?::uuid
                RETURNING run_id, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), started_by
                """,
                row -> "An earlier apply did not end: run " + row.getString(1) + ", started " + row.getString(2)
                        + " by " + row.getString(3)
                        + ". It was rolled back as a whole; nothing of it is in the target.",
                ownRunId);
    }

    /** The last apply that committed, as one sentence. */
    public Optional<String> lastApplied() {
        return target.first(
                """
                SELECT run_id, to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), started_by,
                       inserted, updated
                FROM dbops.sync_run WHERE state = 'applied' ORDER BY ended_at DESC LIMIT 1
                """,
                row -> "The last apply was committed: run " + row.getString(1) + ", " + row.getString(2) + " by "
                        + row.getString(3) + ", " + row.getLong(4) + " inserted, " + row.getLong(5) + " updated.");
    }

    /** Records that a run begins; visible to others at once. */
    public void started(Run run) {
        target.update(
                """
                INSERT INTO dbops.sync_run (run_id, state, started_by, git_commit, ci_run, plan_file, plan_hash)
                VALUES (?::uuid, 'started', ?, nullif(?, ''), nullif(?, ''), ?, ?)
                ON CONFLICT (run_id) DO UPDATE SET state = 'started', ended_at = NULL, backend_pid = pg_backend_pid()
                """,
                run.id(),
                run.by(),
                run.gitCommit().orElse(""),
                run.ciRun().orElse(""),
                run.planFile(),
                run.planHash());
    }

    /** Records inside the applying transaction that the run is done. */
    public void applied(String runId, ChangeSet changes) {
        Counts totals = changes.totals();
        target.update(
                """
                UPDATE dbops.sync_run
                SET state = 'applied', ended_at = clock_timestamp(), digest = nullif(?, ''), inserted = ?, updated = ?,
                    tables = ?
                WHERE run_id = ?::uuid
                """,
                changes.digest().map(Object::toString).orElse(""),
                totals.toInsert(),
                totals.toUpdate(),
                changes.tableDigests().keySet().stream().sorted().toList(),
                runId);
    }

    /** Records that the run ended without writing. */
    public void notApplied(String runId) {
        target.update(
                "UPDATE dbops.sync_run SET state = 'not applied', ended_at = clock_timestamp() WHERE run_id = ?::uuid",
                runId);
    }

    /** Whether the target's record says that a run was committed. */
    public boolean isApplied(String runId) {
        return exists()
                && target.first(
                                "SELECT state = 'applied' FROM dbops.sync_run WHERE run_id = ?::uuid",
                                row -> row.getBoolean(1),
                                runId)
                        .orElse(false);
    }

    /**
     * A run as it is recorded.
     *
     * @param id a UUID
     * @param by who started it: {@code user@host}, or the CI's actor
     * @param gitCommit the commit of the working directory
     * @param ciRun the CI run's address
     * @param planFile the plan's path as the operator gave it
     * @param planHash the plan's hash
     */
    public record Run(
            String id,
            String by,
            Optional<String> gitCommit,
            Optional<String> ciRun,
            String planFile,
            String planHash) {}
}
