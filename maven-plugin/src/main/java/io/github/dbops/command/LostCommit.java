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
import java.time.Duration;
import java.util.function.Supplier;

/** The connection went while the commit was under way: finds out on a new one whether it happened. */
public final class LostCommit {

    private final Supplier<Session> reconnecting;
    private final Duration patience;
    private final Run run;
    private final Progress progress;

    /**
     * A commit whose outcome is open.
     *
     * @param reconnecting opens a new session with the same database
     * @param patience how long the server is asked
     * @param run whose commit it is
     * @param progress told what is found out
     */
    public LostCommit(Supplier<Session> reconnecting, Duration patience, Run run, Progress progress) {
        this.reconnecting = reconnecting;
        this.patience = patience;
        this.run = run;
        this.progress = progress;
    }

    /**
     * Returns when the transaction was committed after all.
     *
     * @throws io.github.dbops.problem.ProblemException APPLY_LOST when it was rolled back, OUTCOME_UNKNOWN when nobody
     *     can tell
     */
    public void settle(SqlFailure lost) {
        progress.say("The connection was lost at the commit (" + lost.said() + "). Finding out what happened.");
        switch (fate(lost)) {
            case COMMITTED -> progress.say("The commit did happen: run " + run.id() + " is in the target as a whole.");
            case ABORTED ->
                throw Problem.of(
                                Code.APPLY_LOST,
                                "The connection to the target was lost at the commit.",
                                lost.said() + " (SQLSTATE " + lost.state() + ")",
                                run.again())
                        .withState("The server has rolled the transaction back; nothing of this run is in the target.")
                        .exception(lost);
            case IN_PROGRESS, UNKNOWN ->
                throw Problem.of(
                                Code.OUTCOME_UNKNOWN,
                                "The connection to the target was lost at the commit, and the target does not tell what"
                                        + " became of it.",
                                lost.said() + " (SQLSTATE " + lost.state() + ")",
                                "When the target answers again, ask it:",
                                "  SELECT pg_xact_status('" + run.transaction().id() + "'::xid8);",
                                run.recorded()
                                        ? "  SELECT state FROM dbops.sync_run WHERE run_id = '" + run.id() + "';"
                                        : "  (this run leaves no record in dbops.sync_run)",
                                run.look())
                        .withState("Either everything of this run is in the target, or nothing.")
                        .exception(lost);
        }
    }

    private TransactionFate fate(SqlFailure lost) {
        try (Session target = reconnecting.get()) {
            TransactionFate fate = run.transaction().fate(target, patience);
            if (fate == TransactionFate.IN_PROGRESS || !run.recorded()) {
                return fate;
            }
            // The record was committed with the data or not at all; a transaction's id may have been given out again.
            return new Audit(target).isApplied(run.id()) ? TransactionFate.COMMITTED : TransactionFate.ABORTED;
        } catch (SqlFailure | ProblemException unreachable) {
            lost.addSuppressed(unreachable);
            return TransactionFate.UNKNOWN;
        }
    }

    /**
     * Whose commit it is.
     *
     * @param id the run's id
     * @param transaction what to ask the server about
     * @param recorded the run leaves a record in {@code dbops.sync_run}
     * @param again what to do where it was rolled back
     * @param look how else to find out
     */
    public record Run(String id, TransactionMark transaction, boolean recorded, String again, String look) {}
}
