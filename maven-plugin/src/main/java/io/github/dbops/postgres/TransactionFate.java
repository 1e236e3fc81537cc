package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;

/**
 * What became of a transaction whose client lost the connection while committing.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">pg_xact_status</a>
 */
public enum TransactionFate {
    COMMITTED,
    ABORTED,
    /** The server no longer knows, or does not say within a minute. */
    UNKNOWN;

    /** The current transaction's id, to be asked about later. Assigns one. */
    public static String idOfCurrent(Session session) {
        return session.one("SELECT pg_current_xact_id()::text", row -> row.getString(1));
    }

    /** Asks until the server has made up its mind; it may still be committing. */
    public static TransactionFate of(String transactionId, Session session) {
        RetryPolicy<String> polling = RetryPolicy.<String>builder()
                .handleResult("in progress")
                .withDelay(Duration.ofMillis(200))
                .withMaxAttempts(-1)
                .withMaxDuration(Duration.ofMinutes(1))
                .build();
        String status = Failsafe.with(polling)
                .get(() -> session.one(
                        "SELECT coalesce(pg_xact_status(?::xid8), 'unknown')", row -> row.getString(1), transactionId));
        return switch (status) {
            case "committed" -> COMMITTED;
            case "aborted" -> ABORTED;
            default -> UNKNOWN;
        };
    }
}
