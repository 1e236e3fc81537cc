package io.github.dbops.command;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.TransactionFate;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Progress;
import io.github.dbops.sync.apply.Audit;

/** The connection went while the commit was under way: finds out on a new one whether it happened. */
final class LostCommit {

    private final Databases databases;
    private final String runId;
    private final String transaction;
    private final boolean audited;
    private final Progress progress;

    LostCommit(Databases databases, String runId, String transaction, boolean audited, Progress progress) {
        this.databases = databases;
        this.runId = runId;
        this.transaction = transaction;
        this.audited = audited;
        this.progress = progress;
    }

    /**
     * Returns when the transaction was committed after all.
     *
     * @throws io.github.dbops.problem.ProblemException APPLY_LOST when it was rolled back, OUTCOME_UNKNOWN when nobody
     *     can tell
     */
    void settle(SqlFailure lost) {
        progress.say("The connection was lost at the commit (" + lost.said() + "). Finding out what happened.");
        TransactionFate fate;
        try (Session target = databases.openTarget()) {
            fate = TransactionFate.of(transaction, target);
            if (fate == TransactionFate.UNKNOWN && audited) {
                fate = new Audit(target).isApplied(runId) ? TransactionFate.COMMITTED : TransactionFate.ABORTED;
            }
        } catch (SqlFailure | ProblemException unreachable) {
            lost.addSuppressed(unreachable);
            fate = TransactionFate.UNKNOWN;
        }
        switch (fate) {
            case COMMITTED -> progress.say("The commit did happen: run " + runId + " is in the target as a whole.");
            case ABORTED ->
                throw Problem.of(
                                Code.APPLY_LOST,
                                "The connection to the target was lost at the commit.",
                                lost.said() + " (SQLSTATE " + lost.state() + ")",
                                "Run the apply again.")
                        .withState("The server has rolled the transaction back; nothing of this run is in the target.")
                        .exception(lost);
            case UNKNOWN ->
                throw Problem.of(
                                Code.OUTCOME_UNKNOWN,
                                "The connection to the target was lost at the commit, and the target cannot be asked.",
                                lost.said() + " (SQLSTATE " + lost.state() + ")",
                                "When the target answers again, ask it:",
                                "  SELECT pg_xact_status('" + transaction + "'::xid8);",
                                audited
                                        ? "  SELECT state FROM dbops.sync_run WHERE run_id = '" + runId + "';"
                                        : "  (this run leaves no record in dbops.sync_run)",
                                "or run a dry-run: what was applied shows as identical.")
                        .withState("Either everything of this run is in the target, or nothing.")
                        .exception(lost);
        }
    }
}
