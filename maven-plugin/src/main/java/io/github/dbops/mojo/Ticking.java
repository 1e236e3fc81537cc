package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has progress shown regularly as long as a table is under way: a statement that runs for minutes says nothing by itself.
 * No thread is left when the last table has ended.
 */
final class Ticking implements Progress {

    private final Progress shown;
    private final Runnable tick;
    private final Duration interval;
    private int tables;
    private @Nullable ScheduledExecutorService clockwork;

    /**
     * Ticks for a progress.
     *
     * @param shown what is shown; must bear to be called by two threads at once
     * @param tick shows how far the tables are
     * @param interval the time between two ticks
     */
    Ticking(Progress shown, Runnable tick, Duration interval) {
        this.shown = shown;
        this.tick = tick;
        this.interval = interval;
    }

    @Override
    public void say(String line) {
        shown.say(line);
    }

    @Override
    public void phase(String name) {
        shown.phase(name);
    }

    @Override
    public Rows table(TableWork work) {
        Rows rows = shown.table(work);
        began();
        return new Rows() {
            @Override
            public void handled(long soFar) {
                rows.handled(soFar);
            }

            @Override
            public void close() {
                ended();
                rows.close();
            }
        };
    }

    private synchronized void began() {
        tables++;
        if (clockwork == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "dbops-progress");
                thread.setDaemon(true);
                return thread;
            });
            started.scheduleWithFixedDelay(tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
            clockwork = started;
        }
    }

    private synchronized void ended() {
        tables--;
        if (tables == 0 && clockwork != null) {
            clockwork.shutdown();
            clockwork = null;
        }
    }
}
