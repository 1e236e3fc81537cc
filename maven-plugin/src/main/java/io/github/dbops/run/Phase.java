package io.github.dbops.run;

import java.time.Duration;

/**
 * A stretch of a run, for the report.
 *
 * @param name {@code connect}, {@code compare}, {@code apply}, {@code verify}, {@code commit}…
 * @param duration wall time
 */
public record Phase(String name, Duration duration) {}
