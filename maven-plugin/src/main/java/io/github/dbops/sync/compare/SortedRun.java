package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Changes in key order that are read from a file, and the one it stands at; runs are in the order of those. */
final class SortedRun implements Comparable<SortedRun> {

    private final InputStream in;
    private byte[] record = new byte[1 << 10];

    SortedRun(InputStream in) {
        this.in = in;
    }

    /** Moves to the next change; false at the end. */
    boolean advance() {
        try {
            int read = in.readNBytes(record, 0, Integer.BYTES);
            if (read == 0) {
                return false;
            }
            int length = ByteBuffer.wrap(record).getInt();
            if (record.length < Integer.BYTES + length) {
                record = Arrays.copyOf(record, Math.max(2 * record.length, Integer.BYTES + length));
            }
            if (in.readNBytes(record, Integer.BYTES, length) < length) {
                throw new EOFException("the temporary file is shorter than what was written to it");
            }
            return true;
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
    }

    Change change() {
        return ChangeCodec.decode(record, 0);
    }

    void writeTo(OutputStream out) {
        try {
            out.write(record, 0, ChangeCodec.length(record, 0));
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
    }

    @Override
    public int compareTo(SortedRun other) {
        return ChangeCodec.compare(record, 0, other.record, 0);
    }
}
