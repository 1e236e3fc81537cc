package io.github.dbops.report;

import java.time.Duration;
import java.util.Locale;

/** Wall time as people read it: {@code 340 ms}, {@code 1.2 s}, {@code 3 min 20 s}, {@code 1 h 5 min}. */
final class Took {

    private Took() {}

    /** As exact as it matters at its length. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%d.%d s", millis / 1_000, millis % 1_000 / 100);
        }
        return duration.toHours() == 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
