package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Certainty;
import io.github.dbops.run.TableWork.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** One table's rows going by, in words. */
final class TableUnderWay implements Progress.Rows {

    private final String phase;
    private final TableWork work;
    private final Instant began;
    private final Consumer<TableUnderWay> ended;
    private volatile long handled;

    /**
     * A table of which no row was handled yet.
     *
     * @param phase the phase to which it belongs
     * @param work what is known of it
     * @param began now
     * @param ended told when it has ended
     */
    TableUnderWay(String phase, TableWork work, Instant began, Consumer<TableUnderWay> ended) {
        this.phase = phase;
        this.work = work;
        this.began = began;
        this.ended = ended;
    }

    @Override
    public void handled(long soFar) {
        handled = soFar;
    }

    @Override
    public void close() {
        ended.accept(this);
    }

    String phase() {
        return phase;
    }

    /** Whether all its rows are told at once. */
    boolean isToldAtTheEnd() {
        return work.telling() == Telling.AT_THE_END;
    }

    long handledRows() {
        return handled;
    }

    Duration since(Instant now) {
        return Duration.ofMillis(Duration.between(began, now).toMillis());
    }

    /**
     * How far it is: {@code compare public.Product: 420,000 of about 1,000,000 rows, 310,000 rows/s, about 2 s left}.
     *
     * @param now the time
     * @param usualRate rows a second of tables before it that were told at the end; 0 where there were none
     */
    String line(Instant now, double usualRate) {
        long rows = handled;
        double seconds = since(now).toMillis() / 1000.0;
        if (rows == 0) {
            String goal = work.hasGoal() ? ", " + goal() + " rows" : "";
            return title() + "running for " + Span.of(since(now)) + goal
                    + left(isToldAtTheEnd() && usualRate > 0 ? work.rows() / usualRate - seconds : 0);
        }
        // A guess that has turned out too low is none any more.
        boolean within = work.hasGoal() && rows <= work.rows();
        double rate = seconds > 0 ? rows / seconds : 0;
        return title() + number(rows) + (within ? " of " + goal() : "") + " rows" + rate(rate)
                + left(within && rate > 0 ? (work.rows() - rows) / rate : 0);
    }

    /** What it was: {@code compare public.Product: 1,000,000 rows in 12 s, 83,333 rows/s}. */
    String result(Instant now) {
        double seconds = since(now).toMillis() / 1000.0;
        return title() + number(handled) + " rows in " + Span.of(since(now))
                + rate(seconds > 0 ? handled / seconds : 0);
    }

    private String title() {
        return phase + " " + work.table() + ": ";
    }

    private String goal() {
        return (work.certainty() == Certainty.ESTIMATED ? "about " : "") + number(work.rows());
    }

    private static String rate(double rate) {
        return rate > 0 ? ", " + number(Math.round(rate)) + " rows/s" : "";
    }

    private static String left(double seconds) {
        return seconds > 0 ? ", about " + Span.of(Duration.ofSeconds((long) Math.ceil(seconds))) + " left" : "";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
