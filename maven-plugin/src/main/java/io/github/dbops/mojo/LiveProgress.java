package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Progress as one line of a terminal, drawn over several times a second and gone when something is said. */
final class LiveProgress implements Progress {

    /** Carriage return, and "erase to the end of the line". */
    private static final String CLEAR = "\r\u001b[K";

    private final Consumer<String> log;
    private final PrintWriter terminal;
    private final Pace pace;
    private String phase = "";

    LiveProgress(Consumer<String> log, PrintWriter terminal, InstantSource clock) {
        this.log = log;
        this.terminal = terminal;
        this.pace = new Pace(clock, Duration.ofMillis(200));
    }

    @Override
    public void say(String line) {
        draw("");
        log.accept(line);
    }

    @Override
    public void phase(String name) {
        phase = name;
        pace.restart();
        draw(name);
    }

    @Override
    public void rows(String table, long rows) {
        if (pace.isDue(table)) {
            draw(phase + "  " + pace.line(rows));
        }
    }

    private void draw(String line) {
        terminal.print(CLEAR + line);
        terminal.flush();
    }
}
