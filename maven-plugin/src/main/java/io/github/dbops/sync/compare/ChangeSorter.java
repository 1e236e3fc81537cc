package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Changes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Takes changes in any order and replays them in key order, in memory while they are few, through sorted files else. */
final class ChangeSorter implements Changes, AutoCloseable {

    /** What stays in memory once all changes are there: many tables may have been read before any of them is written. */
    private static final long KEPT = 1 << 19;

    private final long memory;
    private final ChangeBuffer buffer = new ChangeBuffer();
    private final List<SpillFile> runs = new ArrayList<>();
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
        SpillFile run = new SpillFile();
        runs.add(run);
        try (OutputStream out = run.write()) {
            buffer.writeTo(out);
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
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

    @Override
    public void forEach(Consumer<Change> reader) {
        complete();
        if (runs.isEmpty()) {
            buffer.forEach(reader);
        } else if (runs.size() == 1) {
            readBack(reader);
        } else {
            merge(reader);
        }
    }

    private void readBack(Consumer<Change> reader) {
        try (SortedRun run = new SortedRun(runs.get(0))) {
            while (run.advance()) {
                reader.accept(run.change());
            }
        }
    }

    // Changes are read several times: what was merged once is one run from then on.
    private void merge(Consumer<Change> reader) {
        SpillFile merged = new SpillFile();
        List<SortedRun> opened = new ArrayList<>();
        try (OutputStream out = merged.write()) {
            PriorityQueue<SortedRun> heads = new PriorityQueue<>(runs.size());
            for (SpillFile file : runs) {
                SortedRun run = new SortedRun(file);
                opened.add(run);
                if (run.advance()) {
                    heads.add(run);
                }
            }
            while (!heads.isEmpty()) {
                SortedRun first = heads.remove();
                first.writeTo(out);
                reader.accept(first.change());
                if (first.advance()) {
                    heads.add(first);
                }
            }
        } catch (IOException failure) {
            merged.close();
            throw SpillFile.noRoom(failure);
        } catch (RuntimeException failure) {
            merged.close();
            throw failure;
        } finally {
            opened.forEach(SortedRun::close);
        }
        runs.forEach(SpillFile::close);
        runs.clear();
        runs.add(merged);
    }

    @Override
    public void close() {
        runs.forEach(SpillFile::close);
        buffer.free();
    }
}
