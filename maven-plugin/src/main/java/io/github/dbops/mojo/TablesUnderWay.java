package io.github.dbops.mojo;

import io.github.dbops.run.TableWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The tables under way, the eldest first, and what those before them teach. Its owner sees to it that threads take turns. */
final class TablesUnderWay {

    /** What took longer is worth a line of its own when it is done. */
    private static final Duration WORTH_A_RESULT = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final List<TableUnderWay> open = new ArrayList<>();
    private final Map<String, Pace> paces = new HashMap<>();

    /** None yet. */
    TablesUnderWay(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One more.
     *
     * @param ended told when it has ended; must call {@link #end}
     */
    TableUnderWay begin(String phase, TableWork work, Consumer<TableUnderWay> ended) {
        TableUnderWay table = new TableUnderWay(phase, work, clock.instant(), ended);
        open.add(table);
        return table;
    }

    /** One less; its result goes to a log where it took long enough. */
    void end(TableUnderWay table, Consumer<String> log) {
        Instant now = clock.instant();
        open.remove(table);
        if (table.handledRows() == 0) {
            return;
        }
        if (table.isToldAtTheEnd()) {
            paces.merge(table.phase(), new Pace(table.handledRows(), table.since(now)), Pace::plus);
        }
        if (table.since(now).compareTo(WORTH_A_RESULT) >= 0) {
            log.accept(table.result(now));
        }
    }

    List<TableUnderWay> open() {
        return List.copyOf(open);
    }

    /** How far a table is. */
    String line(TableUnderWay table) {
        Pace pace = paces.get(table.phase());
        return table.line(clock.instant(), pace == null ? 0 : pace.rowsASecond());
    }

    /** Rows of several tables and the time of each, added up. */
    private record Pace(long rows, Duration time) {

        Pace plus(Pace other) {
            return new Pace(rows + other.rows, time.plus(other.time));
        }

        double rowsASecond() {
            return time.isZero() ? 0 : rows * 1000.0 / time.toMillis();
        }
    }
}
