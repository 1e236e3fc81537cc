package io.github.dbops.github;

import java.time.Duration;

/** How a wait is waited. */
@FunctionalInterface
public interface Pause {

    /**
     * Returns when the time is over.
     *
     * @throws InterruptedException where the build is stopped meanwhile
     */
    void of(Duration duration) throws InterruptedException;
}
