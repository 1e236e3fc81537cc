package io.github.dbops.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Points in time as people read them, in UTC, to the second. */
final class Moment {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Moment() {}

    /** {@code 2026-01-05 09:12:33Z}. */
    static String of(Instant instant) {
        return FORM.format(instant);
    }
}
