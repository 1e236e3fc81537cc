package io.github.dbops.command.migrate;

import java.util.Set;

/**
 * What {@code dbops:migrate-status} was asked.
 *
 * @param run what every migrate goal was asked
 * @param failOn what fails the build; empty: nothing does
 */
public record StatusRequest(MigrateRequest run, Set<FailOn> failOn) {

    public StatusRequest {
        failOn = Set.copyOf(failOn);
    }

    /** A finding that fails the build, {@code dbops.failOn}. */
    public enum FailOn {
        FAILED,
        MODIFIED,
        MISSING,
        PENDING
    }
}
