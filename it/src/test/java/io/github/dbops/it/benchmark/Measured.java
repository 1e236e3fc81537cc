package io.github.dbops.it.benchmark;

import java.time.Duration;
import java.util.Map;

/** What came of one run of a method. */
sealed interface Measured {

    /** A method without phases. */
    static Measured of(Duration took) {
        return new Took(took, Map.of());
    }

    /** How long some work takes. */
    static Measured timing(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return of(Duration.ofNanos(System.nanoTime() - began));
    }

    /**
     * The work was done.
     *
     * @param duration how long it took
     * @param phases how long its parts took
     */
    record Took(Duration duration, Map<String, Duration> phases) implements Measured {

        double seconds() {
            return Seconds.of(duration);
        }
    }

    /**
     * The work was refused, as was expected.
     *
     * @param code why
     */
    record Refused(String code) implements Measured {}
}
