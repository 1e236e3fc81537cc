package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Locator;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges both sides' streams of (key hash, row hash, place), each in the order of the key's hash. Rows whose key hash
 * and row hash agree are identical and need nothing more; every other place is put aside to be fetched, because 64 bits
 * of a key do not prove that two keys are equal. Memory: one group of equal hashes.
 */
final class KeyMatch implements AutoCloseable {

    /** A group this large cannot be a collision of hashes; what lies beyond is duplicates without doubt. */
    private static final int LARGEST_GROUP = 1000;

    /** Nor can so many groups be; the ones beyond are counted without a look at their keys. */
    private static final int MOST_GROUPS = 10_000;

    private final Comparing comparing;
    private final int examples;
    private final Tally tally;
    private final Places pairs = new Places();
    private final Places inserts = new Places();
    private final List<Group> groups = new ArrayList<>();
    private boolean targetKeyUnique;

    /**
     * A match that is yet to run.
     *
     * @param comparing whether equal hashes are believed
     * @param examples how many identical rows are fetched all the same, to be shown
     * @param tally counts what needs no fetching
     */
    KeyMatch(Comparing comparing, int examples, Tally tally) {
        this.comparing = comparing;
        this.examples = examples;
        this.tally = tally;
    }

    /** Rows of equal key hash, one on each side. */
    Places pairs() {
        return pairs;
    }

    /** Rows whose key hash only the source has. */
    Places inserts() {
        return inserts;
    }

    /** Groups in which a side has several rows. */
    List<Group> groups() {
        return groups;
    }

    void run(CopyRows source, CopyRows target, boolean keyUniqueInTarget, String table, Progress progress) {
        this.targetKeyUnique = keyUniqueInTarget;
        Stream left = new Stream(source);
        Stream right = new Stream(target);
        long seen = 0;
        while (left.more || right.more) {
            if (!right.more || (left.more && left.keyHash < right.keyHash)) {
                onlySource(left.group());
            } else if (!left.more || right.keyHash < left.keyHash) {
                onlyTarget(right.group());
            } else {
                matched(left.group(), right.group());
            }
            if (++seen % 100_000 == 0) {
                progress.rows(table, seen);
            }
        }
    }

    private void onlySource(List<Row> rows) {
        if (rows.size() == 1) {
            inserts.add(rows.get(0).place(), Locator.NONE);
        } else {
            group(rows, List.of());
        }
    }

    private void onlyTarget(List<Row> rows) {
        if (rows.size() == 1 || targetKeyUnique) {
            tally.onlyInTarget += rows.size();
        } else {
            group(List.of(), rows);
        }
    }

    private void matched(List<Row> source, List<Row> target) {
        if (source.size() > 1 || target.size() > 1) {
            group(source, target);
        } else if (isBelieved(source.get(0), target.get(0))) {
            tally.identical++;
        } else {
            pairs.add(source.get(0).place(), target.get(0).place());
        }
    }

    private boolean isBelieved(Row source, Row target) {
        return comparing == Comparing.HASH && source.hash() == target.hash() && pairs.size() >= examples;
    }

    private void group(List<Row> source, List<Row> target) {
        if (groups.size() < MOST_GROUPS) {
            groups.add(new Group(source, target));
            return;
        }
        if (source.size() > 1) {
            tally.duplicateSource.addUnseen();
        }
        if (target.size() > 1) {
            tally.duplicateTarget.addUnseen();
        }
    }

    @Override
    public void close() {
        pairs.close();
        inserts.close();
    }

    /**
     * A row of a stream.
     *
     * @param hash its row hash
     * @param place where it lies
     */
    record Row(long hash, Locator place) {}

    /**
     * Rows that share a key hash.
     *
     * @param source the source's
     * @param target the target's
     */
    record Group(List<Row> source, List<Row> target) {}

    /** A stream and the row it stands at. */
    private static final class Stream {

        private final CopyRows rows;
        private boolean more;
        private long keyHash;

        Stream(CopyRows rows) {
            this.rows = rows;
            advance();
        }

        private void advance() {
            more = rows.next();
            keyHash = more ? rows.int8(0) : Long.MAX_VALUE;
        }

        List<Row> group() {
            long hash = keyHash;
            List<Row> group = new ArrayList<>(1);
            do {
                if (group.size() < LARGEST_GROUP) {
                    group.add(new Row(rows.int8(1), new Locator(rows.int8(2), rows.int8(3))));
                }
                advance();
            } while (more && keyHash == hash);
            return group;
        }
    }
}
