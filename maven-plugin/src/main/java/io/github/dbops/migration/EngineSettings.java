package io.github.dbops.migration;

import java.time.Duration;

/**
 * How an engine goes about its work, whichever it is.
 *
 * @param lockTimeout how long one statement waits for a lock before its migration is rolled back and tried again
 * @param lockAttempts how often a migration that can be rolled back is tried when locks are in its way
 * @param patience how long another run is waited for
 * @param connectAttempts how often a lost connection is made anew
 */
public record EngineSettings(Duration lockTimeout, int lockAttempts, Duration patience, int connectAttempts) {}
