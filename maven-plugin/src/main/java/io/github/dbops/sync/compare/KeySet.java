package io.github.dbops.sync.compare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A set of keys by 128 bits of their SHA-256: 32 to 64 bytes a key, whatever its length. For two different keys to be taken
 * for one would take a collision that nobody has ever seen.
 */
final class KeySet {

    private long[] table = new long[64];
    private int size;

    /** Adds a key; whether it was new. */
    boolean add(List<String> key) {
        if (size * 4 >= table.length) {
            grow();
        }
        long[] digest = digest(key);
        int at = find(table, digest[0], digest[1]);
        if (isThere(table, at)) {
            return false;
        }
        table[at] = digest[0];
        table[at + 1] = digest[1];
        size++;
        return true;
    }

    boolean contains(List<String> key) {
        if (size == 0) {
            return false;
        }
        long[] digest = digest(key);
        return isThere(table, find(table, digest[0], digest[1]));
    }

    boolean isEmpty() {
        return size == 0;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (int at = 0; at < old.length; at += 2) {
            if (isThere(old, at)) {
                int to = find(table, old[at], old[at + 1]);
                table[to] = old[at];
                table[to + 1] = old[at + 1];
            }
        }
    }

    private static int find(long[] table, long upper, long lower) {
        int mask = table.length - 1;
        int at = (int) (upper * 2) & mask;
        while (isThere(table, at) && (table[at] != upper || table[at + 1] != lower)) {
            at = at + 2 & mask;
        }
        return at;
    }

    private static boolean isThere(long[] table, int at) {
        return (table[at] | table[at + 1]) != 0;
    }

    private static long[] digest(List<String> key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String text : key) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                sha.update(bytes);
            }
            ByteBuffer digest = ByteBuffer.wrap(sha.digest());
            // All zero means that nothing is there.
            return new long[] {digest.getLong() | 1, digest.getLong()};
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
