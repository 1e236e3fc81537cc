package io.github.dbops.sync.compare;

import io.github.dbops.sync.Locator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Places of rows to be fetched later, on both sides or one: a queue on disk, handed out in batches. */
final class Places implements AutoCloseable {

    /** Large enough to make a round trip cheap, small enough that the planner fetches by place and does not scan. */
    private static final int BATCH = 2000;

    private final SpillFile file = new SpillFile();
    private final DataOutputStream out = file.write();
    private long size;

    void add(Locator source, Locator target) {
        try {
            out.writeLong(source.relation());
            out.writeLong(source.tuple());
            out.writeLong(target.relation());
            out.writeLong(target.tuple());
            size++;
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
    }

    long size() {
        return size;
    }

    /** Hands out everything that was added, in order. Nothing can be added afterwards. */
    void batches(Consumer<Batch> reader) {
        try {
            out.close();
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
        try (DataInputStream in = file.read()) {
            long left = size;
            while (left > 0) {
                int count = (int) Math.min(BATCH, left);
                List<Locator> source = new ArrayList<>(count);
                List<Locator> target = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    source.add(new Locator(in.readLong(), in.readLong()));
                    target.add(new Locator(in.readLong(), in.readLong()));
                }
                left -= count;
                reader.accept(new Batch(source, target));
            }
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
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
