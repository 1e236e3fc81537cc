package io.github.dbops.sync.compare;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A temporary file of sorted runs, one behind the other: however many there are, it is one open file. */
final class RunFile implements AutoCloseable {

    private final SpillFile file = new SpillFile();
    private final List<Long> ends = new ArrayList<>(List.of(0L));

    /** How many runs it has. */
    int runs() {
        return ends.size() - 1;
    }

    /** Writes one more run. */
    void add(Content content) {
        try (DataOutputStream out = file.append()) {
            content.writeTo(out);
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
        ends.add(file.end());
    }

    /** All of its runs, from their beginnings; each is read through a buffer of so many bytes. */
    Stream<SortedRun> read(int buffer) {
        return IntStream.range(0, runs()).mapToObj(i -> new SortedRun(file.read(ends.get(i), ends.get(i + 1), buffer)));
    }

    @Override
    public void close() {
        file.close();
    }

    /** Writes the changes of a run, in their order. */
    @FunctionalInterface
    interface Content {

        void writeTo(OutputStream out) throws IOException;
    }
}
