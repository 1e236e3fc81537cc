package io.github.dbops.sync.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of two buckets by their key's hash: one slot for each hash, in it the rows of either side. */
final class HashChains {

    private final long[] keys;
    private final int[] firstSource;
    private final int[] firstTarget;
    private final int[] nextSource;
    private final int[] nextTarget;

    HashChains(long[] source, long[] target) {
        int rows = (source.length + target.length) / RowHashes.WIDTH;
        int slots = Integer.highestOneBit(Math.max(1, rows)) << 2;
        keys = new long[slots];
        firstSource = filled(slots);
        firstTarget = filled(slots);
        nextSource = link(source, firstSource);
        nextTarget = link(target, firstTarget);
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, -1);
        return none;
    }

    private int[] link(long[] rows, int[] first) {
        int count = rows.length / RowHashes.WIDTH;
        int[] next = new int[count];
        for (int row = 0; row < count; row++) {
            int slot = slot(rows[row * RowHashes.WIDTH]);
            next[row] = first[slot];
            first[slot] = row;
        }
        return next;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        // Buckets are by the upper bits, so the lower ones tell keys of a bucket apart.
        int slot = (int) (key ^ key >>> 32) & mask;
        while ((firstSource[slot] >= 0 || firstTarget[slot] >= 0) && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        return slot;
    }

    int slots() {
        return keys.length;
    }

    /** A row of the source in the slot; below 0: none. */
    int firstSource(int slot) {
        return firstSource[slot];
    }

    int firstTarget(int slot) {
        return firstTarget[slot];
    }

    /** Another row of the same slot; below 0: none. */
    int nextSource(int row) {
        return nextSource[row];
    }

    int nextTarget(int row) {
        return nextTarget[row];
    }

    /** All rows of a slot from its first on. */
    List<Integer> sources(int first) {
        return chain(first, nextSource);
    }

    List<Integer> targets(int first) {
        return chain(first, nextTarget);
    }

    private static List<Integer> chain(int first, int[] next) {
        List<Integer> rows = new ArrayList<>();
        for (int row = first; row >= 0; row = next[row]) {
            rows.add(row);
        }
        return rows;
    }
}
