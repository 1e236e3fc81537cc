package io.github.dbops.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    private final List<@Nullable Value> fields = new ArrayList<>();

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

    /**
     * The one row of a query. Unlike a prepared statement it takes SQL that holds a question mark, so it is the way to
     * run a condition that somebody else wrote.
     */
    public static <T> T single(Session session, String query, Function<CopyRows, T> reader) {
        try (CopyRows rows = new CopyRows(session, query)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row from: " + query);
            }
            T value = reader.apply(rows);
            rows.next();
            return value;
        }
    }

    /** Moves to the next row; false at the end. */
    public boolean next() {
        try {
            int count = in.readShort();
            if (count < 0) {
                // The server's answer stands behind the trailer; until it is read the session is still copying.
                in.transferTo(OutputStream.nullOutputStream());
                return false;
            }
            fields.clear();
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                fields.add(length < 0 ? null : new Value(in.readNBytes(length)));
            }
            return true;
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }

    /** So many fields from one on, as a list that stays when the cursor moves. */
    public List<@Nullable Value> from(int first, int count) {
        return new ArrayList<>(fields.subList(first, first + count));
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
        return new String(notNull(field), StandardCharsets.UTF_8);
    }

    private byte[] notNull(int field) {
        Value value = fields.get(field);
        if (value == null) {
            throw new IllegalStateException("field " + field + " is NULL");
        }
        return value.bytes();
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
