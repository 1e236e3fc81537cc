package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Changes;
import java.util.function.Predicate;

/** Takes changes in any order and replays them in key order, in memory while they are few, through sorted files else. */
final class ChangeSorter implements Changes, AutoCloseable {

    /** What stays in memory once all changes are there: many tables may have been read before any of them is written. */
    private static final long KEPT = 1 << 19;

    /** Eight thousand million bytes of changes are merged while they are read; of more, parts are merged before, too. */
    private static final int MOST_RUNS = 1024;

    private final long memory;
    private final ChangeBuffer buffer = new ChangeBuffer();
    private final SortedRuns runs = new SortedRuns(MOST_RUNS);
    private boolean complete;

    /** A sorter that keeps so many bytes of changes in memory. */
    ChangeSorter(long memory) {
        this.memory = memory;
    }

    void add(Change change) {
        buffer.add(change);
        if (buffer.size() > memory) {
            spill();
        }
    }

    private void spill() {
        buffer.sort();
        runs.add(buffer);
        buffer.clear();
    }

    /** Ends the adding. */
    void complete() {
        if (complete) {
            return;
        }
        complete = true;
        if (runs.isEmpty() && buffer.size() <= Math.min(KEPT, memory)) {
            buffer.sort();
            return;
        }
        if (!buffer.isEmpty()) {
            spill();
        }
        buffer.free();
    }

    // Changes are read several times. Merging them anew costs less than writing down what was merged, and half the
    // disk.
    @Override
    public void whileWanted(Predicate<Change> reader) {
        complete();
        if (runs.isEmpty()) {
            buffer.whileWanted(reader);
        } else {
            runs.whileWanted(run -> reader.test(run.change()));
        }
    }

    @Override
    public void close() {
        runs.close();
        buffer.free();
    }
}
