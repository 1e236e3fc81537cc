package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Values;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    Gathered gather(TableShape shape) {
        return new Gathered(shape);
    }

    /** One table's rows. */
    final class Gathered {

        private final TableShape shape;
        private final List<Change> changes = new ArrayList<>();
        private final int[] seen = new int[Change.Action.values().length];

        private Gathered(TableShape shape) {
            this.shape = shape;
        }

        /** The next change, in key order. */
        void add(Change change) {
            int kind = change.action().ordinal();
            // A few of each kind are shown whatever came before.
            if (seen[kind] < Tally.EXAMPLES || (seen[kind] < Tally.SHOWN && left > 0)) {
                seen[kind]++;
                left--;
                changes.add(new Change(
                        change.action(), change.key(), change.source(), change.target(), Values.NONE, Values.NONE));
            }
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
            Map<Change, Sample> byChange = new LinkedHashMap<>();
            List<Sample> inserted = samples.inserts(inserts);
            List<Sample> updated = samples.differing(
                    Sample.Kind.UPDATE,
                    updates.stream()
                            .map(change -> new Samples.Pair(change.key(), change.source(), change.target()))
                            .toList());
            for (int i = 0; i < inserts.size(); i++) {
                byChange.put(inserts.get(i), inserted.get(i));
            }
            for (int i = 0; i < updates.size(); i++) {
                byChange.put(updates.get(i), updated.get(i));
            }
            return some.stream()
                    .map(change -> Objects.requireNonNull(byChange.get(change)))
                    .toList();
        }
    }
}
