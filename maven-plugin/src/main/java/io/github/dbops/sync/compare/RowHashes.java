package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.sync.Locator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one side as (key hash, row hash, place), dealt out to buckets by their key's hash, so that rows of equal key
 * meet in buckets of the same number. What does not fit into the given memory goes to a file, bucket by bucket.
 */
final class RowHashes implements HashedRows, AutoCloseable {

    /** Numbers that make a row: key hash, row hash, ctid, relation. */
    static final int WIDTH = 4;

    private static final int ROWS_A_COUNT = 1024;

    private static final int FIRST_ROOM = 64 * WIDTH;

    private final int buckets;
    private final int usedBits;
    private final long memory;
    private final long[][] rows;
    private final int[] used;
    private final List<List<SpillFile.Chunk>> chunks = new ArrayList<>();
    private final SpillFile file = new SpillFile();
    private long held;

    /**
     * Room for rows.
     *
     * @param buckets how many, a power of two
     * @param usedBits how many bits of the key's hash have been used for dealing before
     * @param memory how many bytes may be held before they go to the file
     */
    RowHashes(int buckets, int usedBits, long memory) {
        this.buckets = buckets;
        this.usedBits = usedBits;
        this.memory = memory;
        this.rows = new long[buckets][0];
        this.used = new int[buckets];
        for (int i = 0; i < buckets; i++) {
            chunks.add(new ArrayList<>(0));
        }
    }

    /**
     * Reads all rows of a {@link Projection#stream}.
     *
     * @return how many had no key, and were left out
     */
    static long read(CopyRows stream, PlaceForm form, HashedRows receiver, RowCount count) {
        long seen = 0;
        long keyless = 0;
        while (stream.next()) {
            if (stream.isNull(0)) {
                keyless++;
            } else {
                receiver.row(stream.int8(0, 0), stream.int8(0, 8), form.tuple(stream, 1), form.relation(stream, 1));
            }
            if (++seen % ROWS_A_COUNT == 0) {
                count.rows(seen);
            }
        }
        count.rows(seen);
        return keyless;
    }

    @Override
    public void row(long key, long hash, long tuple, long relation) {
        int bucket = bucketOf(key);
        long[] room = rows[bucket];
        int at = used[bucket];
        if (at == room.length) {
            room = Arrays.copyOf(room, Math.max(FIRST_ROOM, at + (at >> 1) / WIDTH * WIDTH));
            rows[bucket] = room;
        }
        room[at] = key;
        room[at + 1] = hash;
        room[at + 2] = tuple;
        room[at + 3] = relation;
        used[bucket] = at + WIDTH;
        held += WIDTH * Long.BYTES;
        if (held >= memory) {
            spill();
        }
    }

    private int bucketOf(long key) {
        // A shift by 64 would be none at all.
        return buckets == 1 ? 0 : (int) (key << usedBits >>> 64 - Integer.numberOfTrailingZeros(buckets));
    }

    private void spill() {
        for (int i = 0; i < buckets; i++) {
            if (used[i] > 0) {
                chunks.get(i).add(file.append(rows[i], used[i]));
                used[i] = 0;
            }
        }
        held = 0;
    }

    /** How many rows there are. */
    long size() {
        long size = 0;
        for (int i = 0; i < buckets; i++) {
            size += size(i);
        }
        return size;
    }

    /** How many rows a bucket has. */
    long size(int bucket) {
        long size = used[bucket];
        for (SpillFile.Chunk chunk : chunks.get(bucket)) {
            size += chunk.length();
        }
        return size / WIDTH;
    }

    /** A bucket's rows, {@link #WIDTH} numbers each. Give it up before asking for the next: it may be large. */
    long[] bucket(int bucket) {
        long[] all = new long[Math.toIntExact(size(bucket) * WIDTH)];
        int at = 0;
        for (SpillFile.Chunk chunk : chunks.get(bucket)) {
            file.read(chunk, all, at);
            at += chunk.length();
        }
        System.arraycopy(rows[bucket], 0, all, at, used[bucket]);
        return all;
    }

    /** Deals a bucket out anew by further bits of the key's hash. */
    RowHashes dealt(int bucket, int further) {
        RowHashes finer = new RowHashes(further, usedBits + Integer.numberOfTrailingZeros(buckets), memory);
        for (SpillFile.Chunk chunk : chunks.get(bucket)) {
            long[] part = new long[chunk.length()];
            file.read(chunk, part, 0);
            finer.addAll(part, part.length);
        }
        finer.addAll(rows[bucket], used[bucket]);
        return finer;
    }

    private void addAll(long[] part, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            row(part[i], part[i + 1], part[i + 2], part[i + 3]);
        }
    }

    /** Where a row lies. */
    static Locator place(long[] rows, int row) {
        return new Locator(rows[row * WIDTH + 3], rows[row * WIDTH + 2]);
    }

    @Override
    public void close() {
        file.close();
    }

    /** Told from time to time, and at the end, how many rows were read. */
    @FunctionalInterface
    interface RowCount {
        void rows(long rows);
    }
}
