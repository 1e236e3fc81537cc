package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a whole transaction again, from its reading on, when it lost against another one or lost its connection. The work
 * must leave nothing behind when it fails.
 */
public final class Attempts {

    private final ConnectionPolicy policy;
    private final Consumer<String> narrator;

    /**
     * Attempts within a policy.
     *
     * @param policy how often; its time limit is for connecting alone
     * @param narrator told one line per retry
     */
    public Attempts(ConnectionPolicy policy, Consumer<String> narrator) {
        this.policy = policy;
        this.narrator = narrator;
    }

    /**
     * Runs the work until it succeeds, fails for good, or the policy is exhausted; the last failure is thrown.
     *
     * @param work one transaction
     */
    public <T> T run(Supplier<T> work) {
        AtomicInteger collisions = new AtomicInteger();
        RetryPolicy<T> retries = RetryPolicy.<T>builder()
                .handleIf(failure -> failure instanceof SqlFailure sql && mayPass(sql, collisions))
                .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(10))
                .withJitter(0.3)
                // No limit of time: a comparison may take longer than any, and has deserved its next try all the same.
                .withMaxAttempts(policy.attempts())
                .onRetryScheduled(event -> narrator.accept("Rolled back: "
                        + event.getLastException().getMessage() + ". Reading again (try "
                        + (event.getAttemptCount() + 1)
                        + " of " + policy.attempts() + ")."))
                .build();
        return Failsafe.with(retries).get(work::get);
    }

    // A row that appeared or went since the snapshot is found by the next reading; one that is in the way every time is
    // no matter of time.
    private static boolean mayPass(SqlFailure failure, AtomicInteger collisions) {
        if (failure.isWhileConnecting()) {
            return false;
        }
        if (failure.state().equals(SqlState.UNIQUE_VIOLATION)
                || failure.state().equals(SqlState.FOREIGN_KEY_VIOLATION)) {
            return collisions.incrementAndGet() < 2;
        }
        return failure.state().isConnectionFailure() || failure.state().isConcurrencyFailure();
    }
}
