package io.github.dbops.it.benchmark;

import io.github.dbops.it.Totals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code sync-report.json} says.
 *
 * @param duration the goal's own time
 * @param phases how long each took, in order
 * @param totals the counts
 * @param problem the code of what went wrong
 */
record SyncReport(Duration duration, Map<String, Duration> phases, Totals totals, Optional<String> problem) {

    private static final Pattern DURATION = Pattern.compile("\"durationMs\"\\s*:\\s*(\\d+)");
    private static final Pattern PHASE =
            Pattern.compile("\\{\\s*\"name\"\\s*:\\s*\"([^\"]+)\"\\s*,\\s*\"durationMs\"\\s*:\\s*(\\d+)\\s*}");
    private static final Pattern CODE = Pattern.compile("\"problem\"\\s*:\\s*\\{\\s*\"code\"\\s*:\\s*\"([^\"]+)\"");

    /** Reads a report's text. */
    static SyncReport in(String json) {
        Matcher duration = DURATION.matcher(json);
        if (!duration.find()) {
            throw new IllegalArgumentException("no duration in " + json);
        }
        Map<String, Duration> phases = new LinkedHashMap<>();
        Matcher phase = PHASE.matcher(json);
        while (phase.find()) {
            // A phase that comes again, after a retry, is a part of the same.
            phases.merge(phase.group(1), Duration.ofMillis(Long.parseLong(phase.group(2))), Duration::plus);
        }
        Matcher code = CODE.matcher(json);
        return new SyncReport(
                Duration.ofMillis(Long.parseLong(duration.group(1))),
                phases,
                Totals.in(json),
                code.find() ? Optional.of(code.group(1)) : Optional.empty());
    }

    /**
     * How long it took, where it counted what was expected.
     *
     * @throws IllegalStateException where it did not
     */
    Measured counted(Totals expected) {
        return took(totals.equals(expected), expected);
    }

    /** The same where only these counts are known. */
    Measured found(int inserts, int updates) {
        return took(
                totals.toInsert() == inserts && totals.toUpdate() == updates,
                inserts + " inserts, " + updates + " updates");
    }

    private Measured took(boolean asExpected, Object expected) {
        if (problem.isPresent() || !asExpected) {
            throw new IllegalStateException(this + " instead of " + expected);
        }
        return new Measured.Took(duration, phases);
    }
}
