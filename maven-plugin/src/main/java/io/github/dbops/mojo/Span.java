package io.github.dbops.mojo;

import java.time.Duration;

/** A stretch of time that need not be exact: {@code 8 s}, {@code 3 min 20 s}, {@code 1 h 5 min}. */
final class Span {

    private Span() {}

    /** In whole seconds, or minutes where it is longer than an hour. */
    static String of(Duration span) {
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 0
                ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                : span.toSeconds() + " s";
    }
}
