package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;

/**
 * What to ask about a transaction after its connection was lost. An id that a crash took from the server's memory before
 * it reached the disk is given out again, so a commit under the same id proves nothing once the server has restarted.
 *
 * @param id the transaction's id, good as {@code xid8}
 * @param serverStart when the server that gave the id had started
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">pg_xact_status</a>
 */
public record TransactionMark(String id, String serverStart) {

    private static final String SERVER_START = "extract(epoch FROM pg_postmaster_start_time())::text";

    /** The mark of the current transaction. Assigns an id to it. */
    public static TransactionMark ofCurrent(Session session) {
        return session.one(
                "SELECT pg_current_xact_id()::text, " + SERVER_START,
                row -> new TransactionMark(row.getString(1), row.getString(2)));
    }

    /**
     * Asks until the server has made up its mind; it may still be committing.
     *
     * @param session another session of the same database
     * @param patience how long to ask
     */
    public TransactionFate fate(Session session, Duration patience) {
        RetryPolicy<TransactionFate> polling = RetryPolicy.<TransactionFate>builder()
                // With handleResult alone, Failsafe would ask a lost session again and again too.
                .handleIf((fate, failure) -> failure == null && fate == TransactionFate.IN_PROGRESS)
                .withDelay(Duration.ofMillis(200))
                .withMaxAttempts(-1)
                .withMaxDuration(patience)
                .build();
        return Failsafe.with(polling).get(() -> ask(session));
    }

    private TransactionFate ask(Session session) {
        try {
            return session.one(
                    "SELECT coalesce(pg_xact_status(?::xid8), 'unknown'), " + SERVER_START,
                    row -> fate(row.getString(1), row.getString(2)),
                    id);
        } catch (SqlFailure failure) {
            if (!failure.state().equals(SqlState.INVALID_PARAMETER_VALUE)) {
                throw failure;
            }
            // "In the future": the server has lost the id in a crash, and with it the transaction.
            return TransactionFate.ABORTED;
        }
    }

    private TransactionFate fate(String status, String currentStart) {
        return switch (status) {
            case "committed" -> currentStart.equals(serverStart) ? TransactionFate.COMMITTED : TransactionFate.UNKNOWN;
            case "aborted" -> TransactionFate.ABORTED;
            case "in progress" ->
                currentStart.equals(serverStart) ? TransactionFate.IN_PROGRESS : TransactionFate.ABORTED;
            default -> TransactionFate.UNKNOWN;
        };
    }
}
