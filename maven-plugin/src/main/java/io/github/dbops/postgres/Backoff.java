package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Does something again while its result says that it may yet succeed, waiting longer each time.
 *
 * @param attempts how often in all
 * @param first the first wait; each later one is twice as long, up to twenty times the first, all with jitter
 */
public record Backoff(int attempts, Duration first) {

    /**
     * Runs the work until its result is final or the attempts are used up; the last result is returned.
     * What the work throws is thrown at once.
     *
     * @param work done at least once
     * @param again whether a result may be another one next time
     * @param narrator told which try is next, before it waits
     */
    public <T> T run(Supplier<T> work, Predicate<T> again, Consumer<Integer> narrator) {
        RetryPolicy<T> retries = RetryPolicy.<T>builder()
                // With handleResultIf alone, Failsafe would also run again what threw.
                .handleIf((result, failure) -> failure == null && again.test(result))
                .withBackoff(first, first.multipliedBy(20))
                .withJitter(0.3)
                .withMaxAttempts(attempts)
                .onRetryScheduled(event -> narrator.accept(event.getAttemptCount() + 1))
                .build();
        return Failsafe.with(retries).get(work::get);
    }
}
