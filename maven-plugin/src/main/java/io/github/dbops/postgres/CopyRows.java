package io.github.dbops.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a {@code COPY (query) TO STDOUT (FORMAT binary)}, one at a time. Must be read to its end or closed before
 * its session does anything else.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">COPY, Binary Format</a>
 */
public final class CopyRows implements AutoCloseable {

    private static final int SIGNATURE_LENGTH = 11;

    private final Session session;
    private final DataInputStream in;
    private byte[][] fields = new byte[0][];

    /** Starts the copy; {@code query} is a SELECT. Returns with the server's first bytes. */
    public CopyRows(Session session, String query) {
        this.session = session;
        this.in = new DataInputStream(
                new BufferedInputStream(session.copyOut("COPY (" + query + "\n) TO STDOUT (FORMAT binary)"), 1 << 16));
        try {
            in.skipNBytes(SIGNATURE_LENGTH + 4L);
            in.skipNBytes(in.readInt());
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }

    /** Moves to the next row; false at the end. */
    public boolean next() {
        try {
            int count = in.readShort();
            if (count < 0) {
                in.skipNBytes(in.available());
                return false;
            }
            if (fields.length != count) {
                fields = new byte[count][];
            }
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                fields[i] = length < 0 ? null : in.readNBytes(length);
            }
            return true;
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }

    /** A field's bytes in its type's binary form; null: SQL NULL. */
    public @Nullable byte[] bytes(int field) {
        return fields[field];
    }

    /** All fields from one on, as a copy that stays when the cursor moves. */
    public byte[][] from(int field) {
        return Arrays.copyOfRange(fields, field, fields.length);
    }

    /** A {@code bigint} that is not NULL. */
    public long int8(int field) {
        byte[] bytes = notNull(field);
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | b & 0xFF;
        }
        return value;
    }

    /** A {@code text} that is not NULL. */
    public String text(int field) {
        return new String(notNull(field), java.nio.charset.StandardCharsets.UTF_8);
    }

    private byte[] notNull(int field) {
        byte[] bytes = fields[field];
        if (bytes == null) {
            throw new IllegalStateException("field " + field + " is NULL");
        }
        return bytes;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }
}
