package io.github.dbops.migration;

/**
 * What a migration is to a database; spec section 4. Where several are true of one migration, the first of this order is
 * its state and the others are among its notes: failed, missing, modified, out of order, applied.
 */
public enum MigrationState {
    /** In the history as done, and on disk as it was then. */
    APPLIED("applied"),
    /** On disk only; the next deploy runs it. */
    PENDING("pending"),
    /** Begun by a session that still holds the engine's lock. */
    RUNNING("running"),
    /** Begun and not finished; nothing else is deployed until it is resolved. */
    FAILED("failed"),
    /** It failed, and was then marked as rolled back; it runs again where it is still on disk. */
    ROLLED_BACK("rolled-back"),
    /** In the history as done, and no longer the same on disk. */
    MODIFIED("modified"),
    /** In the history as done, and no longer on disk. */
    MISSING("missing"),
    /** In the history as done, after a migration that comes later in order. */
    OUT_OF_ORDER("out-of-order"),
    /** Flyway: the mark from which on migrations are run. */
    BASELINE("baseline"),
    /** Flyway: on disk, older than the baseline; never run. */
    BELOW_BASELINE("below-baseline"),
    /** Flyway: on disk, newer than {@code flyway.target}; not run now. */
    ABOVE_TARGET("above-target"),
    /** Flyway: on disk, older than what is applied, and {@code flyway.outOfOrder} is off; not run. */
    IGNORED("ignored"),
    /** Flyway: in the history as done, newer than anything on disk: another version of the repository deployed it. */
    FUTURE("future"),
    /** Flyway: a repeatable migration whose file has changed since; the new one runs. */
    OUTDATED("outdated"),
    /** Flyway: an earlier run of a repeatable migration. */
    SUPERSEDED("superseded"),
    /** Flyway: in the history as done, and marked as deleted from disk by a repair. */
    DELETED("deleted"),
    /** Flyway: undone by an undo migration. */
    UNDONE("undone"),
    /** Flyway: an undo migration that could be run. */
    AVAILABLE("available");

    private final String word;

    MigrationState(String word) {
        this.word = word;
    }

    /** The reports' word. */
    public String word() {
        return word;
    }
}
