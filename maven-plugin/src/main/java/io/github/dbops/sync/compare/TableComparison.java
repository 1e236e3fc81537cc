package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares one table: a fingerprint of each side; where they differ, both sides' key and row hashes brought together;
 * then the rows that may differ, fetched by place. Memory is bounded whatever the table's size.
 */
final class TableComparison implements AutoCloseable {

    /** What a side's hashes may take before they go to a file. */
    private static final long HASH_MEMORY = 12L << 20;

    private static final int ROWS_A_BUCKET = 1 << 15;
    private static final int MOST_BUCKETS = 1 << 12;

    private final TableShape shape;
    private final Sides sides;
    private final Hashing hashing;
    private final Comparing comparing;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final Collisions collisions;
    private final RowReading reading;

    TableComparison(
            TableShape shape, Sides sides, Hashing hashing, Comparing comparing, Parents parents, Progress progress) {
        this.shape = shape;
        this.sides = sides;
        this.hashing = hashing;
        this.comparing = comparing;
        this.progress = progress;
        this.collisions = new Collisions(shape);
        this.reading = new RowReading(shape, sides, hashing, tally, parents, collisions);
    }

    TableShape shape() {
        return shape;
    }

    Tally tally() {
        return tally;
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

    /** Compares; afterwards {@link #tally} and {@link #changes} say what was found. */
    void run() {
        Sides.Both<Fingerprint> prints = sides.both(this::fingerprint);
        tally.sourceRows = prints.source().rows();
        tally.targetRows = prints.target().rows();
        tally.keylessSource = prints.source().keyless();
        tally.keylessTarget = prints.target().keyless();
        tally.onlyInTarget = tally.keylessTarget;
        if (isSettled(prints)) {
            tally.identical = tally.sourceRows;
            return;
        }
        boolean unique = shape.key().isUnique(shape.target());
        try (KeyMatch match = new KeyMatch(comparing, failsOnConflict() ? Tally.EXAMPLES : 0, unique, tally)) {
            match(match);
            match.groups().forEach(group -> resolve(group, match));
            match.pairs().batches(batch -> {
                reading.pairs(batch);
                progress.rows(shape.name().toString(), tally.identical + tally.different);
            });
            match.inserts().batches(batch -> {
                reading.inserts(batch.source());
                progress.rows(shape.name().toString(), tally.inserts);
            });
        }
    }

    private Fingerprint fingerprint(Side side, Session session) {
        try {
            return CopyRows.single(
                    session,
                    new Projection(shape, side, hashing).fingerprint(),
                    row -> new Fingerprint(row.int8(0), row.int8(1), row.text(2)));
        } catch (SqlFailure failure) {
            throw side == Side.SOURCE ? SourceChecks.explained(shape, failure) : failure;
        }
    }

    private boolean isSettled(Sides.Both<Fingerprint> prints) {
        return comparing == Comparing.HASH
                && !failsOnConflict()
                && prints.source().equals(prints.target())
                && prints.source().keyless() == 0
                && shape.key().isUnique(shape.source())
                && shape.key().isUnique(shape.target());
    }

    private void match(KeyMatch match) {
        long rows = Math.max(tally.sourceRows, tally.targetRows);
        int buckets =
                Math.min(MOST_BUCKETS, Integer.highestOneBit((int) Math.min(1 << 30, rows / ROWS_A_BUCKET + 1)) * 2);
        try (RowHashes source = new RowHashes(buckets, 0, HASH_MEMORY);
                RowHashes target = new RowHashes(buckets, 0, HASH_MEMORY)) {
            sides.both((side, session) -> fill(side == Side.SOURCE ? source : target, side, session));
            match.run(source, target, buckets, 0);
        }
    }

    private RowHashes fill(RowHashes hashes, Side side, Session session) {
        Table table = side.table(shape.key());
        RowHashes.PlaceForm form = switch (table.kind()) {
            case PARTITIONED -> RowHashes.PlaceForm.PARTITION;
            case FOREIGN -> RowHashes.PlaceForm.HASH;
            default -> RowHashes.PlaceForm.TUPLE;
        };
        try (CopyRows stream = new CopyRows(session, new Projection(shape, side, hashing).stream())) {
            // One side's progress will do, and progress is told from one thread.
            hashes.fill(stream, form, rows -> {
                if (side == Side.TARGET) {
                    progress.rows(shape.name().toString(), rows);
                }
            });
        }
        return hashes;
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
        RowLayout layout = new RowLayout(shape, List.of(), List.of(), List.of());
        Projection projection = new Projection(shape, side, hashing);
        // A foreign table's rows of one hash all lie at the one place that their hash is.
        boolean foreign = side.table(shape.key()).kind() == Table.Kind.FOREIGN;
        List<Locator> asked = foreign ? places.subList(0, 1) : places;
        try (CopyRows fetched = new CopyRows(sides.session(side), projection.rows(asked, layout.target(projection)))) {
            for (int i = 0; fetched.next(); i++) {
                byKey.computeIfAbsent(layout.key(fetched), k -> new ArrayList<>())
                        .add(foreign ? places.get(0) : places.get(i));
            }
        }
        return byKey;
    }

    private boolean failsOnConflict() {
        return shape.planned().mode() == Mode.UPSERT && shape.planned().onConflict() == OnConflict.ERROR_ON_CONFLICT;
    }

    @Override
    public void close() {
        reading.close();
        collisions.close();
    }

    /** What one scan says of a side. */
    private record Fingerprint(long rows, long keyless, String hashes) {}
}
