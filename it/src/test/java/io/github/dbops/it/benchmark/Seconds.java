package io.github.dbops.it.benchmark;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Durations as numbers that can be divided. */
final class Seconds {

    private static final double NANOS = 1e9;

    private Seconds() {}

    static double of(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    /** The middle one; of an even number, the upper of the two. Not a number where there are none. */
    static double median(Collection<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
