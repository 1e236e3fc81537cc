package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a piece of work again while locks or other transactions are in its way: SQLSTATE 55P03, 40P01, 40001. The work
 * must leave nothing behind when it fails so, and have rolled back.
 */
public final class LockRetries {

    private final int attempts;
    private final Consumer<String> narrator;

    /**
     * Retries.
     *
     * @param attempts how often the work is tried in all
     * @param narrator told one line per retry
     */
    public LockRetries(int attempts, Consumer<String> narrator) {
        this.attempts = attempts;
        this.narrator = narrator;
    }

    /**
     * Runs the work until it ends otherwise; the last {@link SqlFailure} or {@link ScriptFailure} is thrown.
     *
     * @param subject what is run, for people
     */
    public <T> T run(String subject, Supplier<T> work) {
        RetryPolicy<T> retries = RetryPolicy.<T>builder()
                .handleIf(failure -> mayPass(failure))
                .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(20))
                .withJitter(0.3)
                .withMaxAttempts(Math.max(1, attempts))
                .onRetryScheduled(event -> narrator.accept(String.format(
                        Locale.ROOT,
                        "%s was rolled back: %s. Try %d of %d in %.1f s.",
                        subject,
                        event.getLastException().getMessage(),
                        event.getAttemptCount() + 1,
                        attempts,
                        event.getDelay().toMillis() / 1000.0)))
                .build();
        return Failsafe.with(retries).get(work::get);
    }

    private static boolean mayPass(Throwable failure) {
        if (failure instanceof ScriptFailure script) {
            return script.answer().state().isConcurrencyFailure();
        }
        return failure instanceof SqlFailure sql && sql.state().isConcurrencyFailure();
    }
}
