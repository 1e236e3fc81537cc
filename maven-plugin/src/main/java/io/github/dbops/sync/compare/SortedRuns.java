package io.github.dbops.sync.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files of sorted changes that are read as one. As soon as there are as many as may be open at once, they become one file of
 * the next size: a hundred million changes are not thousands of open files, each with a buffer of its own.
 */
final class SortedRuns implements AutoCloseable {

    private final int most;
    private final List<List<SpillFile>> sizes = new ArrayList<>();

    /** No runs yet; of each size there will be fewer than so many. */
    SortedRuns(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return sizes.isEmpty();
    }

    /** Writes a buffer's changes, which are sorted, to a file. */
    void add(ChangeBuffer sorted) {
        try (OutputStream out = create(0)) {
            sorted.writeTo(out);
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
        for (int size = 0; sizes.get(size).size() == most; size++) {
            enlarge(size);
        }
    }

    private void enlarge(int size) {
        List<SpillFile> full = sizes.get(size);
        try (OutputStream out = create(size + 1)) {
            merge(full, run -> {
                run.writeTo(out);
                return true;
            });
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
        full.forEach(SpillFile::close);
        full.clear();
    }

    private OutputStream create(int size) {
        if (size == sizes.size()) {
            sizes.add(new ArrayList<>());
        }
        SpillFile run = new SpillFile();
        sizes.get(size).add(run);
        return run.write();
    }

    /** Reads changes in key order until the reader wants no more; each is the reader's only until the next. */
    void whileWanted(Predicate<SortedRun> reader) {
        merge(all().toList(), reader);
    }

    private Stream<SpillFile> all() {
        return sizes.stream().flatMap(List::stream);
    }

    private static void merge(List<SpillFile> files, Predicate<SortedRun> reader) {
        List<SortedRun> opened = new ArrayList<>();
        try {
            PriorityQueue<SortedRun> heads = new PriorityQueue<>(files.size());
            for (SpillFile file : files) {
                SortedRun run = new SortedRun(file);
                opened.add(run);
                if (run.advance()) {
                    heads.add(run);
                }
            }
            boolean wanted = true;
            while (wanted && !heads.isEmpty()) {
                SortedRun first = heads.remove();
                wanted = reader.test(first);
                if (wanted && first.advance()) {
                    heads.add(first);
                }
            }
        } finally {
            opened.forEach(SortedRun::close);
        }
    }

    @Override
    public void close() {
        all().forEach(SpillFile::close);
    }
}
