package io.github.dbops.sync.compare;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import java.util.ArrayList;
import java.util.List;

/** What a table's comparison has counted so far, with a few examples of what must be told. */
final class Tally {

    /** How many examples of one thing are shown. */
    static final int EXAMPLES = 5;

    long sourceRows;
    long targetRows;
    long keylessSource;
    long keylessTarget;
    long insertable;
    long identical;
    long different;
    long onlyInTarget;
    long toUpdate;
    final Examples duplicateSource = new Examples();
    final Examples duplicateTarget = new Examples();
    final Examples spelledDifferently = new Examples();
    final Examples surrogateDiffers = new Examples();
    final List<Sample> conflicts = new ArrayList<>();

    Counts counts(long toInsert) {
        return new Counts(
                sourceRows,
                targetRows,
                toInsert,
                toUpdate,
                identical + different,
                identical,
                different,
                onlyInTarget,
                0,
                duplicateSource.count(),
                0,
                0);
    }

    /** A count and the first few keys. */
    static final class Examples {

        private long count;
        private final List<String> first = new ArrayList<>();

        void add(String example) {
            count++;
            if (first.size() < EXAMPLES) {
                first.add(example);
            }
        }

        void addUnseen() {
            count++;
        }

        long count() {
            return count;
        }

        /** The first few, and how many more there are. */
        List<String> rows() {
            List<String> rows = new ArrayList<>(first);
            if (count > first.size()) {
                rows.add("and " + (count - first.size()) + " more");
            }
            return rows;
        }
    }
}
