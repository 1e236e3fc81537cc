package io.github.dbops.migration;

import java.util.Optional;

/**
 * What became of one migration's record.
 *
 * @param migration its name
 * @param action what was asked
 * @param before the migration as it was; empty where neither files nor history knew it
 * @param after the migration as it is now, or would be where it was a dry-run
 */
public record Resolution(String migration, Action action, Optional<Migration> before, Migration after) {

    /** What an operator says of a migration. */
    public enum Action {
        /** It is in the database already: record it, do not run it. */
        APPLIED("applied"),
        /** What it did is gone: let it run again. */
        ROLLED_BACK("rolled-back");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** The reports' word. */
        public String word() {
            return word;
        }
    }
}
