package io.github.dbops.migration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a deploy did. A migration that failed is part of it, not an exception.
 *
 * @param steps the migrations that were run to their end, in order
 * @param failure the migration at which it stopped; empty where all went well
 */
public record Deployment(List<Step> steps, Optional<MigrationFailure> failure) {

    public Deployment {
        steps = List.copyOf(steps);
    }

    /**
     * One migration that was run to its end.
     *
     * @param migration its name
     * @param took wall time, retries included
     * @param manner how it was sent
     * @param notes why not in one transaction, how often it waited for a lock, what the server said: one sentence each
     */
    public record Step(String migration, Duration took, Manner manner, List<String> notes) {

        public Step {
            notes = List.copyOf(notes);
        }
    }

    /** How a migration was run. */
    public enum Manner {
        /** All of it in one transaction: a failure leaves nothing. */
        TRANSACTION("one transaction"),
        /** Each statement for itself: a failure leaves what was done before it. */
        STATEMENTS("statement by statement"),
        /** As a whole, with transactions of its own making, or by code. */
        OWN("as its script says");

        private final String word;

        Manner(String word) {
            this.word = word;
        }

        /** The reports' words. */
        public String word() {
            return word;
        }
    }
}
