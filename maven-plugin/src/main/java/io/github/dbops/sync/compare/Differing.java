package io.github.dbops.sync.compare;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The first few rows of a table, in key order, that are left alone although both sides have them. */
final class Differing {

    private final int room;
    private final SortedMap<List<String>, Samples.Pair> rows = new TreeMap<>(KeyText.ORDER);

    Differing(int room) {
        this.room = room;
    }

    void add(Samples.Pair pair) {
        rows.put(pair.key(), pair);
        if (rows.size() > room) {
            rows.remove(rows.lastKey());
        }
    }

    List<Samples.Pair> rows() {
        return List.copyOf(rows.values());
    }
}
