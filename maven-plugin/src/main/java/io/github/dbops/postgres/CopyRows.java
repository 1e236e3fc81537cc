package io.github.dbops.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Function;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a {@code COPY (query) TO STDOUT (FORMAT binary)}, one at a time. Must be read to its end or closed before
 * its session does anything else. Fields are read where they lie, so that a row of numbers costs no object.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">COPY, Binary Format</a>
 */
public final class CopyRows implements AutoCloseable {

    private static final int SIGNATURE_LENGTH = 11;

    private final String database;
    private final CopyOut copy;
    private byte[] message = {};
    private byte[] buffer = {};
    private int position;
    private int limit;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int fields;

    /** Starts the copy; {@code query} is a SELECT. Returns with the server's first bytes. */
    public CopyRows(Session session, String query) {
        this(session.database(), session.copyOut("COPY (" + query + "\n) TO STDOUT (FORMAT binary)"));
    }

    CopyRows(String database, CopyOut copy) {
        this.database = database;
        this.copy = copy;
        need(0, SIGNATURE_LENGTH + 8);
        int extension = int4At(position + SIGNATURE_LENGTH + 4);
        need(SIGNATURE_LENGTH + 8, extension);
        position += SIGNATURE_LENGTH + 8 + extension;
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
        need(0, 2);
        fields = (short) int2At(position);
        if (fields < 0) {
            // The server's answer stands behind the trailer; until it is read the session is still copying.
            drain();
            return false;
        }
        if (fields > starts.length) {
            starts = new int[fields];
            lengths = new int[fields];
        }
        int at = 2;
        for (int i = 0; i < fields; i++) {
            need(at, 4);
            int length = int4At(position + at);
            at += 4;
            starts[i] = at;
            lengths[i] = length;
            if (length > 0) {
                need(at, length);
                at += length;
            }
        }
        for (int i = 0; i < fields; i++) {
            starts[i] += position;
        }
        position += at;
        return true;
    }

    // Bytes of the current row stay where they are until the next one begins; what is before them is given up.
    private void need(int offset, int count) {
        while (position + offset + count > limit) {
            if (!receive()) {
                throw new SqlFailure(database, new SQLException("the copy ended before its trailer", "08006"));
            }
            append(offset + count);
        }
    }

    // PostgreSQL sends each row as one message, which is read where it lies. It need not be so.
    private void append(int wanted) {
        int kept = limit - position;
        if (kept == 0) {
            buffer = message;
            position = 0;
            limit = message.length;
            return;
        }
        if (limit + message.length > buffer.length) {
            byte[] room = new byte[Math.max(wanted, kept + message.length)];
            System.arraycopy(buffer, position, room, 0, kept);
            buffer = room;
            position = 0;
            limit = kept;
        }
        System.arraycopy(message, 0, buffer, limit, message.length);
        limit += message.length;
    }

    private void drain() {
        boolean more = true;
        while (more && copy.isActive()) {
            more = receive();
        }
    }

    private boolean receive() {
        try {
            byte[] received = copy.readFromCopy();
            if (received != null) {
                message = received;
            }
            return received != null;
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }

    /** Whether a field is NULL. */
    public boolean isNull(int field) {
        return lengths[field] < 0;
    }

    /** So many fields from one on, as they travel; they stay when the cursor moves. */
    public Values values(int first, int count) {
        if (count == 0) {
            return Values.NONE;
        }
        int last = first + count - 1;
        return new Values(
                count,
                Arrays.copyOfRange(buffer, starts[first] - Integer.BYTES, starts[last] + Math.max(0, lengths[last])));
    }

    /** A {@code bigint} that is not NULL. */
    public long int8(int field) {
        return int8(field, 0);
    }

    /** Eight bytes of a field that is not NULL, from an offset on, as a big-endian number. */
    public long int8(int field, int offset) {
        int at = notNull(field, offset + 8) + offset;
        return (long) int4At(at) << 32 | int4At(at + 4) & 0xFFFFFFFFL;
    }

    /** An {@code integer} that is not NULL. */
    public int int4(int field) {
        return int4At(notNull(field, 4));
    }

    /** A {@code tid} that is not NULL: its block in the upper bits, its offset in the lower 16. */
    public long tid(int field) {
        int at = notNull(field, 6);
        return (int4At(at) & 0xFFFFFFFFL) << 16 | int2At(at + 4);
    }

    /** A {@code text} that is not NULL. */
    public String text(int field) {
        int at = notNull(field, 0);
        return new String(buffer, at, lengths[field], StandardCharsets.UTF_8);
    }

    // By hand: a VarHandle is slow until it has been compiled, and a comparison is over soon after.
    private int int4At(int at) {
        return int2At(at) << 16 | int2At(at + 2);
    }

    private int int2At(int at) {
        return (buffer[at] & 0xFF) << 8 | buffer[at + 1] & 0xFF;
    }

    private int notNull(int field, int length) {
        if (lengths[field] < length) {
            throw new IllegalStateException("field " + field + " is NULL or too short");
        }
        return starts[field];
    }

    @Override
    public void close() {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException failure) {
            throw new SqlFailure(database, failure);
        }
    }
}
