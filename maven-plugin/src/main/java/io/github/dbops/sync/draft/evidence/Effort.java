package io.github.dbops.sync.draft.evidence;

import java.time.Duration;

/**
 * How much a database is asked to do for a first plan.
 *
 * @param mostRows tables with more rows are not searched for keys; 0: none is
 * @param perStatement the server gives a count up after this time
 * @param inAll when this time is used up, the rows of no further table are looked at
 */
public record Effort(long mostRows, Duration perStatement, Duration inAll) {

    /** At most that many rows of a table, 15 seconds a statement, two minutes in all. */
    public static Effort upTo(long mostRows) {
        return new Effort(mostRows, Duration.ofSeconds(15), Duration.ofMinutes(2));
    }
}
