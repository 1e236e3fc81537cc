package io.github.dbops.postgres;

import java.util.Arrays;

/**
 * One exact value as it travels in a binary COPY; SQL NULL is a null reference. Equal when byte for byte the same.
 *
 * @param bytes the type's binary form, or UTF-8 text; never changed after construction
 */
public record Value(byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && Arrays.equals(value.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Its length only: a value may be anything, and must not get into a log by accident. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
