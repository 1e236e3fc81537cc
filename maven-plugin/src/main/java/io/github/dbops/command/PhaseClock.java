package io.github.dbops.command;

import io.github.dbops.run.Phase;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes progress on and keeps how long each phase took. */
public final class PhaseClock implements Progress {

    private final Progress progress;
    private final List<Phase> phases = new ArrayList<>();
    private @Nullable String current;
    private long since;

    /** A clock in front of the progress that people see. */
    public PhaseClock(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void say(String line) {
        progress.say(line);
    }

    @Override
    public void phase(String name) {
        close();
        current = name;
        since = System.nanoTime();
        progress.phase(name);
    }

    @Override
    public Rows table(TableWork work) {
        return progress.table(work);
    }

    /** All phases so far, the current one ended. */
    public List<Phase> phases() {
        close();
        return List.copyOf(phases);
    }

    private void close() {
        if (current != null) {
            phases.add(new Phase(current, Duration.ofNanos(System.nanoTime() - since)));
            current = null;
        }
    }
}
