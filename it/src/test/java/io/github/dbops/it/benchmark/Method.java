package io.github.dbops.it.benchmark;

import java.util.function.Function;

/**
 * One way to do a case's work.
 *
 * @param title for people
 * @param prepare what comes before and is not measured
 * @param work what is measured, over a route to the servers
 * @param check fails where the work was not done
 */
record Method(String title, Runnable prepare, Function<Route, Measured> work, Runnable check) {

    private static final Runnable NOTHING = () -> {};

    /** One that only reads. */
    static Method reading(String title, Function<Route, Measured> work) {
        return new Method(title, NOTHING, work, NOTHING);
    }

    /** The same under another title. */
    Method titled(String other) {
        return new Method(other, prepare, work, check);
    }
}
