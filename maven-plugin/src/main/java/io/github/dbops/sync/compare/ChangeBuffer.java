package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/** Changes in memory, as bytes in one array, so that a million of them are not millions of objects. */
final class ChangeBuffer {

    /** What a record takes beside its bytes. */
    private static final int OVERHEAD = 4 * Integer.BYTES;

    private ByteBuffer records = ByteBuffer.allocate(1 << 10);
    private int[] starts = new int[16];
    private int count;

    void add(Change change) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = records.position();
        records = ChangeCodec.encode(change, records);
    }

    /** Bytes in use. */
    long size() {
        return records.position() + (long) OVERHEAD * count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void sort() {
        starts = RecordOrder.of(records.array(), starts, count);
    }

    void whileWanted(Predicate<Change> reader) {
        boolean wanted = true;
        for (int i = 0; wanted && i < count; i++) {
            wanted = reader.test(ChangeCodec.decode(records.array(), starts[i]));
        }
    }

    /** Writes all records in their present order. */
    void writeTo(OutputStream out) throws IOException {
        byte[] bytes = records.array();
        for (int i = 0; i < count; i++) {
            out.write(bytes, starts[i], ChangeCodec.length(bytes, starts[i]));
        }
    }

    /** Gives up all changes, and keeps the room for others. */
    void clear() {
        records.clear();
        count = 0;
    }

    /** Gives up all changes and the room. */
    void free() {
        records = ByteBuffer.allocate(0);
        starts = new int[1];
        count = 0;
    }
}
