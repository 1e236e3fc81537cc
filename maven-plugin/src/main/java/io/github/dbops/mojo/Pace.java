package io.github.dbops.mojo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** How fast rows of one table go by in one phase, and whether enough time has passed to say so again. */
final class Pace {

    private final InstantSource clock;
    private final Duration interval;
    private String subject = "";
    private Instant began;
    private Instant said;

    /**
     * A pace that has just begun.
     *
     * @param clock the time
     * @param interval the least time between two lines
     */
    Pace(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
        this.began = clock.instant();
        this.said = began;
    }

    /** Whether it is time to say something of a table, which a change of tables alone does not make it. */
    boolean isDue(String table) {
        Instant now = clock.instant();
        if (!table.equals(subject)) {
            subject = table;
            began = now;
        }
        if (Duration.between(said, now).compareTo(interval) < 0) {
            return false;
        }
        said = now;
        return true;
    }

    /** What is to be said of the table last asked about: {@code Product: 1,200,000 rows, 80,000 rows/s}. */
    String line(long rows) {
        long millis = Duration.between(began, clock.instant()).toMillis();
        String count = String.format(Locale.ROOT, "%s: %,d rows", subject, rows);
        return millis == 0 ? count : count + String.format(Locale.ROOT, ", %,d rows/s", rows * 1000 / millis);
    }

    /** A new phase begins: the next table, and the time until something is said, count from now. */
    void restart() {
        subject = "";
        began = clock.instant();
        said = began;
    }
}
