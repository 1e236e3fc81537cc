package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Progress as one line of a terminal, drawn over at each tick and gone when something is said. */
final class LiveProgress implements Progress {

    /** Carriage return, and "erase to the end of the line". */
    private static final String CLEAR = "\r\u001b[K";

    private final Consumer<String> log;
    private final PrintWriter terminal;
    private final TablesUnderWay tables;
    private String phase = "";

    LiveProgress(Consumer<String> log, PrintWriter terminal, InstantSource clock) {
        this.log = log;
        this.terminal = terminal;
        this.tables = new TablesUnderWay(clock);
    }

    @Override
    public synchronized void say(String line) {
        draw("");
        log.accept(line);
    }

    @Override
    public synchronized void phase(String name) {
        phase = name;
        draw(name);
    }

    @Override
    public synchronized Rows table(TableWork work) {
        return tables.begin(phase, work, this::end);
    }

    private synchronized void end(TableUnderWay table) {
        tables.end(table, this::say);
    }

    /** Draws how far the eldest table is. */
    synchronized void tick() {
        List<TableUnderWay> open = tables.open();
        if (!open.isEmpty()) {
            // One line is all there is, and one that is too long could not be drawn over.
            String others = open.size() == 1 ? "" : " (and " + (open.size() - 1) + " more)";
            draw(tables.line(open.get(0)) + others);
        }
    }

    private void draw(String line) {
        terminal.print(CLEAR + line);
        terminal.flush();
    }
}
