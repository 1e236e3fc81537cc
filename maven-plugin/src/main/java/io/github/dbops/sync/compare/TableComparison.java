package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WholeLoad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares one table: first by hashes, within any pair of sessions and beside other tables; then the rows that may differ are
 * fetched by place, in the order of the tables, because a row's parents must be known before it. Memory is bounded whatever
 * the table's size.
 */
final class TableComparison implements AutoCloseable {

    private final TableShape shape;
    private final Sides sides;
    private final Hashing hashing;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final HashPass hashes;
    private final Collisions collisions;
    private final RowReading reading;
    private boolean loadable;

    TableComparison(
            TableShape shape, Sides sides, Hashing hashing, Comparing comparing, Parents parents, Progress progress) {
        this.shape = shape;
        this.sides = sides;
        this.hashing = hashing;
        this.progress = progress;
        this.hashes = new HashPass(shape, hashing, comparing, failsOnConflict(shape), tally, progress);
        this.collisions = new Collisions(shape);
        this.reading = new RowReading(shape, sides, hashing, tally, parents, collisions);
    }

    private static boolean failsOnConflict(TableShape shape) {
        return shape.planned().mode() == Mode.UPSERT && shape.planned().onConflict() == OnConflict.ERROR_ON_CONFLICT;
    }

    TableShape shape() {
        return shape;
    }

    Tally tally() {
        return tally;
    }

    /** Whether it has so many rows that how they were compared matters. */
    boolean isLarge() {
        return Math.max(tally.sourceRows, tally.targetRows) >= HashPass.SMALL;
    }

    Collisions collisions() {
        return collisions;
    }

    ChangeSorter changes() {
        return reading.changes();
    }

    /** The first few rows that differ and are left alone, for samples. */
    Differing differing() {
        return reading.differing();
    }

    /** Lets a table without rows be written as a whole. */
    void loadable() {
        loadable = true;
    }

    /** How the changes may be written as a whole: nothing that the plan would insert may stay away. */
    Optional<WholeLoad> load(Blocked blocked) {
        return loadable
                        && hashes.wantsWholeSource()
                        && tally.inserts == tally.counts(blocked).toInsert()
                ? Optional.of(reading.load())
                : Optional.empty();
    }

    /** Compares by hashes. */
    void hash(Sides lane) {
        hashes.run(lane);
    }

    /** Fetches what may differ; afterwards {@link #tally} and {@link #changes} say what was found. */
    void read() {
        fetch();
        reading.changes().complete();
    }

    private void fetch() {
        if (hashes.wantsWholeSource()) {
            // How many rows a condition lets through nobody knows before.
            double estimate =
                    shape.planned().where().isPresent() ? -1 : shape.source().estimatedRows();
            try (Progress.Rows rows = progress.table(TableWork.estimated(name(), Telling.AS_THEY_PASS, estimate))) {
                reading.wholeSource(rows::handled);
            }
            return;
        }
        KeyMatch match = hashes.match();
        if (match == null) {
            return;
        }
        match.groups().forEach(group -> resolve(group, match));
        long[] fetched = {0};
        try (Progress.Rows rows = progress.table(TableWork.counted(
                name(),
                Telling.AS_THEY_PASS,
                match.pairs().size() + match.inserts().size()))) {
            match.pairs().batches(batch -> {
                reading.pairs(batch);
                rows.handled(fetched[0] += batch.source().size());
            });
            match.inserts().batches(batch -> {
                reading.inserts(batch.source());
                rows.handled(fetched[0] += batch.source().size());
            });
            reading.takeWaiting();
        }
    }

    private String name() {
        return shape.name().toString();
    }

    /** Tells equal keys from equal hashes by the keys themselves. */
    private void resolve(KeyMatch.Group group, KeyMatch match) {
        Map<List<String>, List<Locator>> left = byKey(Side.SOURCE, group.source());
        Map<List<String>, List<Locator>> right = byKey(Side.TARGET, group.target());
        left.forEach((key, places) -> {
            if (places.size() > 1) {
                tally.duplicateSource.add(KeyText.of(shape, key));
            }
            List<Locator> there = right.remove(key);
            if (there == null) {
                match.inserts().add(places.get(0), Locator.NONE);
                return;
            }
            noteDuplicates(key, there);
            match.pairs().add(places.get(0), there.get(0));
        });
        right.forEach((key, places) -> {
            noteDuplicates(key, places);
            tally.onlyInTarget += places.size();
        });
    }

    private void noteDuplicates(List<String> key, List<Locator> places) {
        if (places.size() > 1) {
            tally.duplicateTarget.add(KeyText.of(shape, key));
        }
    }

    private Map<List<String>, List<Locator>> byKey(Side side, List<Locator> places) {
        Map<List<String>, List<Locator>> byKey = new LinkedHashMap<>();
        if (places.isEmpty()) {
            return byKey;
        }
        RowLayout layout = RowLayout.ofKeys(shape);
        Projection projection = new Projection(shape, side, hashing);
        // Rows that lie nowhere are all at the one place that their hash is.
        boolean together = !side.table(shape.key()).placed();
        List<Locator> asked = together ? places.subList(0, 1) : places;
        try (CopyRows fetched = new CopyRows(sides.session(side), projection.rows(asked, layout.target(projection)))) {
            for (int i = 0; fetched.next(); i++) {
                byKey.computeIfAbsent(layout.key(fetched), k -> new ArrayList<>())
                        .add(together ? places.get(0) : places.get(i));
            }
        }
        return byKey;
    }

    @Override
    public void close() {
        hashes.close();
        reading.close();
        collisions.close();
    }
}
