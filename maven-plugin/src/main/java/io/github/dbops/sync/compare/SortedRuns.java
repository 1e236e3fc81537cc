package io.github.dbops.sync.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs of sorted changes that are read as one. As soon as there are as many as may be read at once, they become one run of
 * the next size: a thousand million changes are not a hundred thousand runs, each with a buffer of its own.
 */
final class SortedRuns implements AutoCloseable {

    /** What all runs are read through together, as long as there are not very many. */
    private static final int READ_MEMORY = 8 << 20;

    private static final int LARGEST_BUFFER = 1 << 16;
    private static final int SMALLEST_BUFFER = 1 << 13;

    private final int most;
    private final List<RunFile> sizes = new ArrayList<>();

    /** No runs yet; of each size there will be fewer than so many. */
    SortedRuns(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return sizes.isEmpty();
    }

    /** Writes a buffer's changes, which are sorted, to a file. */
    void add(ChangeBuffer sorted) {
        ofSize(0).add(sorted::writeTo);
        for (int size = 0; sizes.get(size).runs() == most; size++) {
            enlarge(size);
        }
    }

    private void enlarge(int size) {
        try (RunFile full = sizes.get(size)) {
            ofSize(size + 1)
                    .add(out -> merge(List.of(full), run -> {
                        run.writeTo(out);
                        return true;
                    }));
        }
        sizes.set(size, new RunFile());
    }

    private RunFile ofSize(int size) {
        if (size == sizes.size()) {
            sizes.add(new RunFile());
        }
        return sizes.get(size);
    }

    /** Reads changes in key order until the reader wants no more; each is the reader's only until the next. */
    void whileWanted(Predicate<SortedRun> reader) {
        merge(sizes, reader);
    }

    private static void merge(List<RunFile> files, Predicate<SortedRun> reader) {
        int runs = files.stream().mapToInt(RunFile::runs).sum();
        int buffer = Math.max(SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, READ_MEMORY / runs));
        Stream<SortedRun> all = files.stream().flatMap(file -> file.read(buffer));
        PriorityQueue<SortedRun> heads = new PriorityQueue<>(runs);
        all.filter(SortedRun::advance).forEach(heads::add);
        boolean wanted = true;
        while (wanted && !heads.isEmpty()) {
            SortedRun first = heads.remove();
            wanted = reader.test(first);
            if (wanted && first.advance()) {
                heads.add(first);
            }
        }
    }

    @Override
    public void close() {
        sizes.forEach(RunFile::close);
    }
}
