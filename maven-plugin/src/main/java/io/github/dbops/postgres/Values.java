package io.github.dbops.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exact values one after the other, as they travel in a binary COPY: of each its length and its bytes; a length of -1 is SQL
 * NULL. They are copied as a whole, so that a row that is merely passed on costs one object. Equal when byte for byte the
 * same.
 *
 * @param count how many
 * @param bytes all of them; never changed after construction
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">COPY, Binary Format</a>
 */
public record Values(int count, byte[] bytes) {

    /** No value. */
    public static final Values NONE = new Values(0, new byte[0]);

    /** The first of them. */
    public Values first(int number) {
        return number == count ? this : slice(0, number);
    }

    /** Some of them, in their order. */
    public Values slice(int first, int number) {
        int start = offset(0, first);
        return new Values(number, Arrays.copyOfRange(bytes, start, offset(start, number)));
    }

    /** Whether some of these values are the same as some of others. */
    public boolean sameAt(int first, int number, Values other, int otherFirst) {
        int start = offset(0, first);
        int otherStart = other.offset(0, otherFirst);
        return Arrays.equals(
                bytes, start, offset(start, number), other.bytes, otherStart, other.offset(otherStart, number));
    }

    /** One value that travels as text; null: SQL NULL. */
    public @Nullable String text(int index) {
        int at = offset(0, index);
        int length = length(at);
        return length < 0 ? null : new String(bytes, at + Integer.BYTES, length, StandardCharsets.UTF_8);
    }

    // Where so many values end that begin somewhere.
    private int offset(int from, int number) {
        int at = from;
        for (int i = 0; i < number; i++) {
            at += Integer.BYTES + Math.max(0, length(at));
        }
        return at;
    }

    private int length(int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values values && count == values.count && Arrays.equals(values.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Their number only: a value may be anything, and must not get into a log by accident. */
    @Override
    public String toString() {
        return count + " values";
    }
}
