package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.ProtectedPattern;
import io.github.dbops.sync.SampleDetail;
import java.util.List;
import java.util.Optional;

/**
 * The target's record of applies, {@code dbops.sync_run}. A run is recorded as {@code started} before its transaction, so
 * that others see who is at work, and becomes {@code applied} inside it: committed with the data, or not at all.
 */
public final class Audit {

    private final Session target;

    /** The audit of a target, in a session that is not in a transaction. */
    public Audit(Session target) {
        this.target = target;
    }

    /**
     * Makes sure that an apply's record can be written: creates the tables in a transaction of its own where they are
     * absent.
     *
     * @throws io.github.dbops.problem.ProblemException (AUDIT_UNAVAILABLE) with the SQL for an owner
     */
    public void prepare() {
        new AuditTables(target).prepare();
    }

    /**
     * Makes sure that an undo can read what was recorded, and record itself.
     *
     * @throws io.github.dbops.problem.ProblemException (AUDIT_UNAVAILABLE) with the SQL for an owner
     */
    public void checkForUndo() {
        new AuditTables(target).checkForUndo();
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
                RETURNING run_id, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), started_by,
                          CASE WHEN undoes IS NULL THEN 'apply' ELSE 'undo' END
                """,
                row -> "An earlier " + row.getString(4) + " did not end: run " + row.getString(1) + ", started "
                        + row.getString(2) + " by " + row.getString(3)
                        + ". It was rolled back as a whole; nothing of it is in the target.",
                ownRunId);
    }

    /** The last apply that committed, as one sentence. */
    public Optional<String> lastApplied() {
        return target.first(
                """
                SELECT run_id, to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), started_by,
                       inserted, updated
                FROM dbops.sync_run WHERE state = 'applied' AND undoes IS NULL ORDER BY ended_at DESC LIMIT 1
                """,
                row -> "The last apply was committed: run " + row.getString(1) + ", " + row.getString(2) + " by "
                        + row.getString(3) + ", " + row.getLong(4) + " inserted, " + row.getLong(5) + " updated.");
    }

    /** Records that a run begins; visible to others at once. */
    public void started(Run run) {
        target.update(
                """
                INSERT INTO dbops.sync_run (run_id, state, started_by, git_commit, ci_run, plan_file, plan_hash, undoes)
                VALUES (?::uuid, 'started', ?, nullif(?, ''), nullif(?, ''), ?, ?, nullif(?, '')::uuid)
                ON CONFLICT (run_id) DO UPDATE SET state = 'started', ended_at = NULL, backend_pid = pg_backend_pid()
                """,
                run.id(),
                run.by(),
                run.gitCommit().orElse(""),
                run.ciRun().orElse(""),
                run.planFile(),
                run.planHash(),
                run.undoes().orElse(""));
    }

    /**
     * Records inside the applying transaction that the run is done.
     *
     * @param rules what it was allowed to touch; an undo of it is allowed the same
     */
    public void applied(String runId, ChangeSet changes, TouchRules rules) {
        Counts totals = changes.totals();
        target.update(
                """
                UPDATE dbops.sync_run
                SET state = 'applied', ended_at = clock_timestamp(), digest = nullif(?, ''), inserted = ?, updated = ?,
                    tables = ?, protected_patterns = ?, side_effects = ?, samples = nullif(?, '')
                WHERE run_id = ?::uuid
                """,
                changes.digest().map(Object::toString).orElse(""),
                totals.toInsert(),
                totals.toUpdate(),
                changes.tableDigests().keySet().stream().sorted().toList(),
                rules.plan().protectedPatterns().stream()
                        .filter(pattern -> !pattern.builtIn())
                        .map(ProtectedPattern::glob)
                        .toList(),
                rules.sideEffects().stream().map(QualifiedName::sql).sorted().toList(),
                rules.plan().samples().map(SampleDetail::word).orElse(""),
                runId);
    }

    /**
     * Records inside its transaction that an undo is done.
     *
     * @param undone what it did
     */
    public void undone(String runId, Undone undone) {
        target.update(
                """
                UPDATE dbops.sync_run
                SET state = 'applied', ended_at = clock_timestamp(), digest = ?, inserted = 0, updated = ?, deleted = ?,
                    remaining = ?, tables = ?
                WHERE run_id = ?::uuid
                """, undone.digest(), undone.restored(), undone.deleted(), undone.remaining(), undone.tables(), runId);
    }

    /** Records that the run ended without writing. */
    public void notApplied(String runId) {
        target.update(
                "UPDATE dbops.sync_run SET state = 'not applied', ended_at = clock_timestamp() WHERE run_id = ?::uuid",
                runId);
    }

    /** Whether the target's record says that a run was committed. */
    public boolean isApplied(String runId) {
        return new AuditTables(target).exists("sync_run")
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
     * @param undoes the run that it is an undo of
     */
    public record Run(
            String id,
            String by,
            Optional<String> gitCommit,
            Optional<String> ciRun,
            String planFile,
            String planHash,
            Optional<String> undoes) {}

    /**
     * An undo as it is recorded.
     *
     * @param digest of what was reverted
     * @param restored rows that got their former values back
     * @param deleted rows that the run had inserted
     * @param remaining recorded rows that are still as the run or others left them
     * @param tables that were changed
     */
    public record Undone(String digest, long restored, long deleted, long remaining, List<String> tables) {

        public Undone {
            tables = List.copyOf(tables);
        }
    }
}
