package io.github.dbops.sync.compare;

import io.github.dbops.sync.Counts;
import java.util.ArrayList;
import java.util.List;

/** What a table's comparison has counted so far, with a few examples of what must be told. */
final class Tally {

    /** How many examples of one thing are shown. */
    static final int EXAMPLES = 5;

    /** How many rows of one kind the reports may show of a table. */
    static final int SHOWN = 1000;

    long sourceRows;
    long targetRows;
    long keylessSource;
    long keylessTarget;
    long inserts;
    long identical;
    long different;
    long onlyInTarget;
    long toUpdate;
    final Examples duplicateSource = new Examples();
    final Examples duplicateTarget = new Examples();
    final Examples spelledDifferently = new Examples();

    /** The table's counts, once it is known which of its rows are blocked. */
    Counts counts(Blocked blocked) {
        return new Counts(
                sourceRows,
                targetRows,
                inserts - blocked.inserts(),
                toUpdate - blocked.updates(),
                identical + different,
                identical,
                different,
                onlyInTarget,
                blocked.inserts() + blocked.updates(),
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
