package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Progress as log lines: one when a phase begins, and at most one every five seconds for rows. */
final class LoggedProgress implements Progress {

    private final Consumer<String> log;
    private final Pace pace;
    private String phase = "";

    LoggedProgress(Consumer<String> log, InstantSource clock) {
        this.log = log;
        this.pace = new Pace(clock, Duration.ofSeconds(5));
    }

    @Override
    public void say(String line) {
        log.accept(line);
    }

    @Override
    public void phase(String name) {
        phase = name;
        pace.restart();
        log.accept(name);
    }

    @Override
    public void rows(String table, long rows) {
        if (pace.isDue(table)) {
            log.accept(phase + "  " + pace.line(rows));
        }
    }
}
