package io.github.dbops.command;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.TransactionFate;
import io.github.dbops.postgres.TransactionMark;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.apply.Audit;

/** The connection went while the commit was under way: finds out on a new one whether it happened. */
final class LostCommit {

    private final Databases databases;
    private final String runId;
    private final TransactionMark transaction;
    private final SyncRequest request;
    private final Progress progress;

    LostCommit(Databases databases, String runId, TransactionMark transaction, SyncRequest request, Progress progress) {
        this.databases = databases;
        this.runId = runId;
        this.transaction = transaction;
        this.request = request;
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
        switch (fate(lost)) {
            case COMMITTED -> progress.say("The commit did happen: run " + runId + " is in the target as a whole.");
            case ABORTED ->
                throw Problem.of(
                                Code.APPLY_LOST,
                                "The connection to the target was lost at the commit.",
                                lost.said() + " (SQLSTATE " + lost.state() + ")",
                                "Run the apply again.")
                        .withState("The server has rolled the transaction back; nothing of this run is in the target.")
                        .exception(lost);
            case IN_PROGRESS, UNKNOWN ->
                throw Problem.of(
                                Code.OUTCOME_UNKNOWN,
                                "The connection to the target was lost at the commit, and the target does not tell what"
                                        + " became of it.",
                                lost.said() + " (SQLSTATE " + lost.state() + ")",
                                "When the target answers again, ask it:",
                                "  SELECT pg_xact_status('" + transaction.id() + "'::xid8);",
                                request.audit()
                                        ? "  SELECT state FROM dbops.sync_run WHERE run_id = '" + runId + "';"
                                        : "  (this run leaves no record in dbops.sync_run)",
                                "or run a dry-run: what was applied shows as identical.")
                        .withState("Either everything of this run is in the target, or nothing.")
                        .exception(lost);
        }
    }

    private TransactionFate fate(SqlFailure lost) {
        try (Session target = databases.openTarget()) {
            TransactionFate fate =
                    transaction.fate(target, request.connections().within());
            if (fate == TransactionFate.IN_PROGRESS || !request.audit()) {
                return fate;
            }
            // The record was committed with the data or not at all; a transaction's id may have been given out again.
            return new Audit(target).isApplied(runId) ? TransactionFate.COMMITTED : TransactionFate.ABORTED;
        } catch (SqlFailure | ProblemException unreachable) {
            lost.addSuppressed(unreachable);
            return TransactionFate.UNKNOWN;
        }
    }
}
