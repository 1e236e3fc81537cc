package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Values;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Which rows of a run the reports get to see: the first of each kind of each table, until there are enough of them. */
final class Showing {

    /** What a report page shows without stutter. */
    private static final int MOST = 5000;

    /** Long values are read whole before they are shortened, so few rows at a time. */
    private static final int AT_ONCE = 100;

    private final Sides sides;
    private final Hashing hashing;
    private final SampleDetail detail;
    private int left = MOST;

    Showing(Sides sides, Hashing hashing, SampleDetail detail) {
        this.sides = sides;
        this.hashing = hashing;
        this.detail = detail;
    }

    /**
     * A table's rows yet to be gathered.
     *
     * @param counts how many changes of each kind there are
     */
    Gathered gather(TableShape shape, Counts counts) {
        return new Gathered(shape, counts);
    }

    /** One table's rows. */
    final class Gathered {

        private final TableShape shape;
        private final List<Change> changes = new ArrayList<>();
        private final Counts counts;
        private final int[] seen = new int[Change.Action.values().length];

        private Gathered(TableShape shape, Counts counts) {
            this.shape = shape;
            this.counts = counts;
        }

        /** The next change, in key order; whether further ones are wanted. */
        boolean add(Change change) {
            if (wants(change.action())) {
                seen[change.action().ordinal()]++;
                left--;
                changes.add(new Change(
                        change.action(), change.key(), change.source(), change.target(), Values.NONE, Values.NONE));
            }
            return wants(Change.Action.INSERT) || wants(Change.Action.UPDATE);
        }

        // A few of each kind are shown whatever came before.
        private boolean wants(Change.Action kind) {
            long all = kind == Change.Action.INSERT ? counts.toInsert() : counts.toUpdate();
            return seen[kind.ordinal()] < Math.min(all, left > 0 ? Tally.SHOWN : Tally.EXAMPLES);
        }

        /** The rows as samples: changes in key order, then rows that stay as they are, then blocked ones. */
        List<Sample> samples(Differing differing, Blocked blocked) {
            Samples samples = new Samples(shape, sides, hashing, detail);
            List<Sample> shown = new ArrayList<>();
            for (int from = 0; from < changes.size(); from += AT_ONCE) {
                shown.addAll(of(samples, changes.subList(from, Math.min(changes.size(), from + AT_ONCE))));
            }
            List<Samples.Pair> pairs = differing.rows();
            int room = Math.min(pairs.size(), Math.max(Tally.EXAMPLES, left));
            left -= room;
            for (int from = 0; from < room; from += AT_ONCE) {
                shown.addAll(
                        samples.differing(Sample.Kind.CONFLICT, pairs.subList(from, Math.min(room, from + AT_ONCE))));
            }
            shown.addAll(samples.blocked(blocked.examples()));
            return shown;
        }

        private List<Sample> of(Samples samples, List<Change> some) {
            List<Change> inserts = some.stream()
                    .filter(change -> change.action() == Change.Action.INSERT)
                    .toList();
            List<Change> updates = some.stream()
                    .filter(change -> change.action() == Change.Action.UPDATE)
                    .toList();
            Iterator<Sample> inserted = samples.inserts(inserts).iterator();
            Iterator<Sample> updated = samples.differing(
                            Sample.Kind.UPDATE,
                            updates.stream()
                                    .map(change -> new Samples.Pair(change.key(), change.source(), change.target()))
                                    .toList())
                    .iterator();
            return some.stream()
                    .map(change -> change.action() == Change.Action.INSERT ? inserted.next() : updated.next())
                    .toList();
        }
    }
}
