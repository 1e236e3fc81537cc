package io.github.dbops.sync.compare;

import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Locator;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings both sides' rows of equal key hash together. Rows whose key hash and row hash agree are identical and need
 * nothing more; every other place is put aside to be fetched, because 64 bits of a key do not prove that two keys are
 * equal. Memory: one bucket of each side, and the places, which lie in a file.
 */
final class KeyMatch implements AutoCloseable {

    /** A group this large cannot be a collision of hashes; what lies beyond is duplicates without doubt. */
    private static final int LARGEST_GROUP = 1000;

    /** Nor can so many groups be; the ones beyond are counted without a look at their keys. */
    private static final int MOST_GROUPS = 10_000;

    /** More rows than this are dealt out once more. */
    private static final int LARGEST_BUCKET = 1 << 17;

    private static final int FURTHER_BUCKETS = 64;

    private final Comparing comparing;
    private final int examples;
    private final boolean targetKeyUnique;
    private final Tally tally;
    private final Places pairs = new Places();
    private final Places inserts = new Places();
    private final List<Group> groups = new ArrayList<>();

    /**
     * A match that is yet to run.
     *
     * @param comparing whether equal hashes are believed
     * @param examples how many identical rows are fetched all the same, to be shown
     * @param targetKeyUnique an index proves that the target has no key twice
     * @param tally counts what needs no fetching
     */
    KeyMatch(Comparing comparing, int examples, boolean targetKeyUnique, Tally tally) {
        this.comparing = comparing;
        this.examples = examples;
        this.targetKeyUnique = targetKeyUnique;
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

    /** Matches two dealings of the same number of buckets. Memory: one bucket of each side. */
    void run(RowHashes source, RowHashes target, int buckets, int usedBits) {
        for (int i = 0; i < buckets; i++) {
            int bits = usedBits + Integer.numberOfTrailingZeros(buckets);
            if (source.size(i) + target.size(i) > LARGEST_BUCKET && bits + 6 <= 58) {
                try (RowHashes left = source.dealt(i, FURTHER_BUCKETS);
                        RowHashes right = target.dealt(i, FURTHER_BUCKETS)) {
                    run(left, right, FURTHER_BUCKETS, bits);
                }
            } else {
                match(source.bucket(i), target.bucket(i));
            }
        }
    }

    private void match(long[] source, long[] target) {
        HashChains chains = new HashChains(source, target);
        for (int slot = 0; slot < chains.slots(); slot++) {
            int here = chains.firstSource(slot);
            int there = chains.firstTarget(slot);
            if (here < 0 && there < 0) {
                continue;
            }
            boolean single = (here < 0 || chains.nextSource(here) < 0) && (there < 0 || chains.nextTarget(there) < 0);
            if (!single && (here >= 0 || !targetKeyUnique)) {
                group(places(source, chains.sources(here)), places(target, chains.targets(there)));
            } else if (here < 0) {
                tally.onlyInTarget += chains.targets(there).size();
            } else if (there < 0) {
                inserts.add(RowHashes.place(source, here), Locator.NONE);
            } else if (isBelieved(source, here, target, there)) {
                tally.identical++;
            } else {
                pairs.add(RowHashes.place(source, here), RowHashes.place(target, there));
            }
        }
    }

    private boolean isBelieved(long[] source, int here, long[] target, int there) {
        return comparing == Comparing.HASH
                && source[here * RowHashes.WIDTH + 1] == target[there * RowHashes.WIDTH + 1]
                && pairs.size() >= examples;
    }

    private static List<Locator> places(long[] rows, List<Integer> group) {
        return group.stream()
                .limit(LARGEST_GROUP)
                .map(row -> RowHashes.place(rows, row))
                .toList();
    }

    private void group(List<Locator> source, List<Locator> target) {
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
     * Rows that share a key hash.
     *
     * @param source where the source's lie
     * @param target where the target's lie
     */
    record Group(List<Locator> source, List<Locator> target) {}
}
