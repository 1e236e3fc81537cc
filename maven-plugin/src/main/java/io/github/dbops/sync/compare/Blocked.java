package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Reference;
import java.util.ArrayList;
import java.util.List;

/** One table's rows that cannot be carried, because their parent will not be there. */
final class Blocked {

    private final KeySet inserts = new KeySet();
    private final KeySet updates = new KeySet();
    private final List<Example> first = new ArrayList<>();
    private long insertCount;
    private long updateCount;

    /** Adds a row; whether it was not known yet. */
    boolean add(Change.Action action, Example example) {
        boolean insert = action == Change.Action.INSERT;
        boolean added = (insert ? inserts : updates).add(example.key());
        if (added) {
            insertCount += insert ? 1 : 0;
            updateCount += insert ? 0 : 1;
            if (first.size() < Tally.SHOWN) {
                first.add(example);
            }
        }
        return added;
    }

    /** Whether a row that the target lacks stays away. */
    boolean staysAway(List<String> key) {
        return inserts.contains(key);
    }

    /** Whether a change to the row is not carried out. */
    boolean contains(Change change) {
        return (change.action() == Change.Action.INSERT ? inserts : updates).contains(change.key());
    }

    boolean keepsRowsAway() {
        return insertCount > 0;
    }

    long inserts() {
        return insertCount;
    }

    long updates() {
        return updateCount;
    }

    /** The first few. */
    List<Example> examples() {
        return first;
    }

    /**
     * A blocked row.
     *
     * @param key its canonical key
     * @param reference the reference whose row will not be there
     * @param parent that row's canonical key; empty where it has none
     */
    record Example(List<String> key, Reference reference, List<String> parent) {}
}
