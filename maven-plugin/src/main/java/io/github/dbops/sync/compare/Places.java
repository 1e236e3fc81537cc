package io.github.dbops.sync.compare;

import io.github.dbops.sync.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Places of rows to be fetched later, on both sides or one: a queue, on disk where it is long, handed out in batches. */
final class Places implements AutoCloseable {

    /** Large enough to make a round trip cheap, small enough that the planner fetches by place and does not scan. */
    private static final int BATCH = 2000;

    private static final int WIDTH = 4;
    private static final int STRETCH = 8 * BATCH * WIDTH;

    private final SpillFile file = new SpillFile();
    private final List<SpillFile.Chunk> chunks = new ArrayList<>();
    private final long[] last = new long[STRETCH];
    private int used;
    private long size;

    void add(Locator source, Locator target) {
        if (used == STRETCH) {
            chunks.add(file.append(last, used));
            used = 0;
        }
        last[used++] = source.relation();
        last[used++] = source.tuple();
        last[used++] = target.relation();
        last[used++] = target.tuple();
        size++;
    }

    long size() {
        return size;
    }

    /** Hands out everything that was added, in order. */
    void batches(Consumer<Batch> reader) {
        for (SpillFile.Chunk chunk : chunks) {
            long[] stretch = new long[chunk.length()];
            file.read(chunk, stretch, 0);
            batches(stretch, stretch.length, reader);
        }
        batches(last, used, reader);
    }

    private static void batches(long[] places, int length, Consumer<Batch> reader) {
        for (int from = 0; from < length; from += BATCH * WIDTH) {
            int end = Math.min(length, from + BATCH * WIDTH);
            List<Locator> source = new ArrayList<>(BATCH);
            List<Locator> target = new ArrayList<>(BATCH);
            for (int at = from; at < end; at += WIDTH) {
                source.add(new Locator(places[at], places[at + 1]));
                target.add(new Locator(places[at + 2], places[at + 3]));
            }
            reader.accept(new Batch(source, target));
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /**
     * Some rows' places; entries at the same index belong together.
     *
     * @param source in the source
     * @param target in the target, {@link Locator#NONE} where there is none
     */
    record Batch(List<Locator> source, List<Locator> target) {}
}
