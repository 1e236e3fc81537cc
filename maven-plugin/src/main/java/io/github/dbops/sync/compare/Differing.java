package io.github.dbops.sync.compare;

import io.github.dbops.sync.Locator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first few rows of a table that are left alone although both sides have them, in key order. */
final class Differing {

    private final Map<List<String>, Places.Batch> rows = new TreeMap<>(KeyText.ORDER);

    void putIfRoom(List<String> key, Locator source, Locator target) {
        if (rows.size() < Tally.EXAMPLES) {
            rows.put(key, new Places.Batch(List.of(source), List.of(target)));
        }
    }

    Map<List<String>, Places.Batch> rows() {
        return rows;
    }
}
