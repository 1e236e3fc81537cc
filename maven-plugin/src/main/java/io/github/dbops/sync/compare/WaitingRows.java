package io.github.dbops.sync.compare;

import java.util.Arrays;

/** Rows as (key hash, row hash, place) that can be found by both hashes and taken away again. */
final class WaitingRows implements HashedRows {

    private static final int NONE = -1;
    private static final int FIRST_ROOM = 512;

    private final int[] first;
    private int[] next = new int[FIRST_ROOM];
    private long[] rows = new long[FIRST_ROOM * RowHashes.WIDTH];
    private int used;
    private int free = NONE;
    private int size;

    /** Room for any number of rows, found fast while there are not many more than expected. */
    WaitingRows(int expected) {
        first = new int[Integer.highestOneBit(Math.max(1, expected))];
        Arrays.fill(first, NONE);
    }

    int size() {
        return size;
    }

    private int slot(long key) {
        return (int) (key ^ key >>> 32) & first.length - 1;
    }

    @Override
    public void row(long key, long hash, long tuple, long relation) {
        int row = free;
        if (row == NONE) {
            row = used++;
            if (row == next.length) {
                next = Arrays.copyOf(next, 2 * row);
                rows = Arrays.copyOf(rows, 2 * row * RowHashes.WIDTH);
            }
        } else {
            free = next[row];
        }
        int at = row * RowHashes.WIDTH;
        rows[at] = key;
        rows[at + 1] = hash;
        rows[at + 2] = tuple;
        rows[at + 3] = relation;
        int slot = slot(key);
        next[row] = first[slot];
        first[slot] = row;
        size++;
    }

    /** Takes a row that has these hashes away; false: there is none. */
    boolean take(long key, long hash) {
        int slot = slot(key);
        int before = NONE;
        for (int row = first[slot]; row != NONE; row = next[row]) {
            int at = row * RowHashes.WIDTH;
            if (rows[at] == key && rows[at + 1] == hash) {
                if (before == NONE) {
                    first[slot] = next[row];
                } else {
                    next[before] = next[row];
                }
                next[row] = free;
                free = row;
                size--;
                return true;
            }
            before = row;
        }
        return false;
    }

    /** Hands all rows on, and keeps none. */
    void leave(HashedRows receiver) {
        for (int slot = 0; slot < first.length; slot++) {
            for (int row = first[slot]; row != NONE; row = next[row]) {
                int at = row * RowHashes.WIDTH;
                receiver.row(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]);
            }
            first[slot] = NONE;
        }
        used = 0;
        free = NONE;
        size = 0;
    }
}
