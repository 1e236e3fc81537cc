package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Changes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Takes changes in any order and replays them in key order, in memory while they are few, through sorted files else. */
final class ChangeSorter implements Changes, AutoCloseable {

    private final int memory;
    private final List<byte[]> buffer = new ArrayList<>();
    private final List<SpillFile> runs = new ArrayList<>();
    private long buffered;
    private boolean sorted;

    /** A sorter that keeps so many bytes of changes in memory. */
    ChangeSorter(int memory) {
        this.memory = memory;
    }

    void add(Change change) {
        byte[] record = ChangeCodec.encode(change);
        buffer.add(record);
        buffered += record.length + 16L;
        if (buffered > memory) {
            spill();
        }
    }

    private void spill() {
        buffer.sort(ChangeCodec::compare);
        SpillFile run = new SpillFile();
        runs.add(run);
        try (DataOutputStream out = run.write()) {
            for (byte[] record : buffer) {
                out.writeInt(record.length);
                out.write(record);
            }
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
        buffer.clear();
        buffered = 0;
    }

    @Override
    public void forEach(Consumer<Change> reader) {
        if (!sorted) {
            buffer.sort(ChangeCodec::compare);
            sorted = true;
        }
        if (runs.isEmpty()) {
            buffer.forEach(record -> reader.accept(ChangeCodec.decode(record)));
            return;
        }
        if (!buffer.isEmpty()) {
            spill();
        }
        merge(reader);
    }

    private void merge(Consumer<Change> reader) {
        PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(Run::head, ChangeCodec::compare));
        try {
            for (SpillFile file : runs) {
                Run run = new Run(file.read());
                if (run.advance()) {
                    heads.add(run);
                }
            }
            while (!heads.isEmpty()) {
                Run first = heads.remove();
                reader.accept(ChangeCodec.decode(first.head()));
                if (first.advance()) {
                    heads.add(first);
                }
            }
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        } finally {
            heads.forEach(Run::close);
        }
    }

    @Override
    public void close() {
        runs.forEach(SpillFile::close);
        buffer.clear();
    }

    /** One sorted file and the record it stands at. */
    private static final class Run {

        private final DataInputStream in;
        private byte[] head = new byte[0];

        Run(DataInputStream in) {
            this.in = in;
        }

        byte[] head() {
            return head;
        }

        boolean advance() throws IOException {
            try {
                head = in.readNBytes(in.readInt());
                return true;
            } catch (EOFException end) {
                close();
                return false;
            }
        }

        void close() {
            try {
                in.close();
            } catch (IOException failure) {
                throw SpillFile.noRoom(failure);
            }
        }
    }
}
