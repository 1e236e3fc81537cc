package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Progress as log lines: one when a phase begins, at most one every ten seconds for each table under way, and one when a
 * table that took long is done.
 */
final class LoggedProgress implements Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Consumer<String> log;
    private final InstantSource clock;
    private final TablesUnderWay tables;
    private final Map<TableUnderWay, Instant> said = new HashMap<>();
    private String phase = "";

    LoggedProgress(Consumer<String> log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
        this.tables = new TablesUnderWay(clock);
    }

    @Override
    public synchronized void say(String line) {
        log.accept(line);
    }

    @Override
    public synchronized void phase(String name) {
        phase = name;
        log.accept(name);
    }

    @Override
    public synchronized Rows table(TableWork work) {
        TableUnderWay table = tables.begin(phase, work, this::end);
        said.put(table, clock.instant());
        return table;
    }

    private synchronized void end(TableUnderWay table) {
        said.remove(table);
        tables.end(table, log);
    }

    /** Says how far the tables are of which nothing was said for a while. */
    synchronized void tick() {
        Instant now = clock.instant();
        for (TableUnderWay table : tables.open()) {
            if (Duration.between(said.getOrDefault(table, now), now).compareTo(INTERVAL) >= 0) {
                said.put(table, now);
                log.accept(tables.line(table));
            }
        }
    }
}
