package io.github.dbops.postgres;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Writes one row; values in their types' binary forms, null for SQL NULL. */
    public void row(List<@Nullable Value> values) {
        try {
            out.writeShort(values.size());
            for (Value value : values) {
                if (value == null) {
                    out.writeInt(-1);
                } else {
                    out.writeInt(value.bytes().length);
                    out.write(value.bytes());
                }
            }
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
