package io.github.dbops.migration.flyway;

import org.flywaydb.core.api.MigrationInfo;

/** One migration on its way. */
final class Running {

    private final MigrationInfo info;
    private final String name;
    private final boolean atomic;
    private final long began;
    private int statements;
    private boolean marked;
    private boolean answered;
    private boolean uncounted;

    Running(MigrationInfo info, String name, boolean atomic, long began) {
        this.info = info;
        this.name = name;
        this.atomic = atomic;
        this.began = began;
    }

    MigrationInfo info() {
        return info;
    }

    String name() {
        return name;
    }

    /** It runs in a transaction, its row in the history with it. */
    boolean atomic() {
        return atomic;
    }

    long began() {
        return began;
    }

    /** How many of its statements were done. */
    int statements() {
        return statements;
    }

    /** The mark is in the history: from here on its statements may be. */
    boolean isMarked() {
        return marked;
    }

    /** The server has done all of its statements; its row may still be missing. */
    boolean isAnswered() {
        return answered;
    }

    /** Transactions of its own decide what is committed, not the number of statements. */
    boolean isUncounted() {
        return uncounted;
    }

    void ownTransactions() {
        uncounted = true;
    }

    void markLeft() {
        marked = true;
    }

    void allAnswered() {
        answered = true;
    }

    void statementDone() {
        statements++;
    }
}
