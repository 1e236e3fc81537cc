package io.github.dbops.postgres;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes rows into a {@code COPY … FROM STDIN (FORMAT binary)}; closing it completes the copy. */
public final class CopyWriter implements AutoCloseable {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final Session session;
    private final DataOutputStream out;
    private long rows;

    /** Starts a copy into a table's columns; both already quoted. */
    public CopyWriter(Session session, String table, String columns) {
        this.session = session;
        this.out = new DataOutputStream(new BufferedOutputStream(
                session.copyIn("COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)"), 1 << 16));
        try {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }

    /** Writes one row. */
    public void row(Values values) {
        try {
            out.writeShort(values.count());
            out.write(values.bytes());
            rows++;
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }

    /** How many rows were written. */
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        try {
            out.writeShort(-1);
            out.close();
        } catch (IOException failure) {
            throw session.failure(failure);
        }
    }
}
