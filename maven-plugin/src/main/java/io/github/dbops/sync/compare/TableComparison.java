package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.Value;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares one table: a fingerprint of each side; where they differ, both sides' key and row hashes merged; then the
 * rows that may differ, fetched by place. Memory is bounded whatever the table's size.
 */
final class TableComparison implements AutoCloseable {

    private static final int SORT_MEMORY = 8 << 20;

    private final TableShape shape;
    private final Sides sides;
    private final Comparing comparing;
    private final Progress progress;
    private final Projection source;
    private final Projection target;
    private final Tally tally = new Tally();
    private final ChangeSorter changes = new ChangeSorter(SORT_MEMORY);
    private final Differing differing = new Differing();
    private long inserts;

    TableComparison(TableShape shape, Sides sides, Hashing hashing, Comparing comparing, Progress progress) {
        this.shape = shape;
        this.sides = sides;
        this.comparing = comparing;
        this.progress = progress;
        this.source = new Projection(shape, Side.SOURCE, hashing);
        this.target = new Projection(shape, Side.TARGET, hashing);
    }

    TableShape shape() {
        return shape;
    }

    Tally tally() {
        return tally;
    }

    ChangeSorter changes() {
        return changes;
    }

    long inserts() {
        return inserts;
    }

    /** Compares; afterwards {@link #tally}, {@link #changes} and {@link #inserts} say what was found. */
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
        try (KeyMatch match = new KeyMatch(comparing, failsOnConflict() ? Tally.EXAMPLES : 0, tally)) {
            match(match);
            match.groups().forEach(group -> resolve(group, match));
            match.pairs().batches(this::fetchPairs);
            match.inserts().batches(batch -> fetchInserts(batch.source()));
        }
    }

    private Fingerprint fingerprint(Side side, Session session) {
        try {
            return CopyRows.single(
                    session,
                    projection(side).fingerprint(),
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
                && shape.isKeyUnique(shape.source())
                && shape.isKeyUnique(shape.target());
    }

    private void match(KeyMatch match) {
        // Both streams begin together, so that both servers sort at once.
        Sides.Both<CopyRows> streams = sides.both((side, session) -> new CopyRows(session, projection(side).stream()));
        try (CopyRows left = streams.source();
                CopyRows right = streams.target()) {
            match.run(
                    left, right, shape.isKeyUnique(shape.target()), shape.name().toString(), progress);
        }
    }

    /** Tells equal keys from equal hashes by the keys themselves. */
    private void resolve(KeyMatch.Group group, KeyMatch match) {
        Map<List<String>, List<Locator>> left = byKey(Side.SOURCE, group.source());
        Map<List<String>, List<Locator>> right = byKey(Side.TARGET, group.target());
        left.forEach((key, places) -> {
            if (places.size() > 1) {
                tally.duplicateSource.add(keyText(key));
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
            tally.duplicateTarget.add(keyText(key));
        }
    }

    private Map<List<String>, List<Locator>> byKey(Side side, List<KeyMatch.Row> rows) {
        Map<List<String>, List<Locator>> byKey = new LinkedHashMap<>();
        if (rows.isEmpty()) {
            return byKey;
        }
        List<Locator> places = rows.stream().map(KeyMatch.Row::place).toList();
        try (CopyRows fetched = fetch(side, places, List.of())) {
            for (Locator place : places) {
                fetched.next();
                byKey.computeIfAbsent(key(fetched), k -> new ArrayList<>()).add(place);
            }
            fetched.next();
        }
        return byKey;
    }

    private void fetchPairs(Places.Batch batch) {
        List<ShapedColumn> sourceColumns = new ArrayList<>(shape.updated());
        sourceColumns.addAll(carriedReferences());
        // The target's key is fetched too: another spelling of an equal key is worth a warning.
        Sides.Both<CopyRows> rows = sides.both((side, session) -> fetch(
                side,
                side == Side.SOURCE ? batch.source() : batch.target(),
                projection(side).wire(sourceColumns)));
        List<Locator> collided = new ArrayList<>();
        try (CopyRows left = rows.source();
                CopyRows right = rows.target()) {
            for (int i = 0; i < batch.source().size(); i++) {
                left.next();
                right.next();
                List<String> key = key(left);
                if (!key.equals(key(right))) {
                    tally.onlyInTarget++;
                    collided.add(batch.source().get(i));
                    continue;
                }
                pair(
                        key,
                        batch.source().get(i),
                        batch.target().get(i),
                        values(left, sourceColumns),
                        values(right, sourceColumns));
            }
            left.next();
            right.next();
        }
        progress.rows(shape.name().toString(), tally.identical + tally.different);
        if (!collided.isEmpty()) {
            fetchInserts(collided);
        }
    }

    private void pair(
            List<String> key, Locator here, Locator there, List<@Nullable Value> ours, List<@Nullable Value> theirs) {
        int keys = shape.key().size();
        int updated = shape.updated().size();
        if (!ours.subList(0, keys).equals(theirs.subList(0, keys))) {
            tally.spelledDifferently.add(keyText(key));
        }
        if (!ours.subList(updated, ours.size()).equals(theirs.subList(updated, theirs.size()))
                || keyReferenceDiffers(ours, theirs)) {
            tally.surrogateDiffers.add(keyText(key));
        }
        List<@Nullable Value> before = theirs.subList(keys, updated);
        if (ours.subList(keys, updated).equals(before)) {
            tally.identical++;
            if (failsOnConflict()) {
                differing.putIfRoom(key, here, there);
            }
            return;
        }
        tally.different++;
        if (shape.planned().overwrites()) {
            tally.toUpdate++;
            changes.add(new Change(Change.Action.UPDATE, key, here, there, before, ours.subList(0, updated)));
        } else {
            differing.putIfRoom(key, here, there);
        }
    }

    // A referenced column that belongs to the key matches by definition, but may be spelled differently.
    private boolean keyReferenceDiffers(List<@Nullable Value> ours, List<@Nullable Value> theirs) {
        List<ShapedColumn> key = shape.key();
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i).referenced() && !Objects.equals(ours.get(i), theirs.get(i))) {
                return true;
            }
        }
        return false;
    }

    private List<ShapedColumn> carriedReferences() {
        return shape.referenced().stream()
                .filter(c -> c.part() == ShapedColumn.Part.CARRIED)
                .toList();
    }

    private void fetchInserts(List<Locator> places) {
        if (failsOnConflict() && tally.identical + tally.different > 0) {
            // The run will be refused; the rows are only counted.
            inserts += places.size();
            return;
        }
        List<ShapedColumn> columns = shape.inserted();
        try (CopyRows rows = fetch(Side.SOURCE, places, source.wire(columns))) {
            for (Locator place : places) {
                rows.next();
                inserts++;
                changes.add(new Change(
                        Change.Action.INSERT, key(rows), place, Locator.NONE, List.of(), values(rows, columns)));
            }
            rows.next();
        }
        progress.rows(shape.name().toString(), inserts);
    }

    private boolean failsOnConflict() {
        return shape.planned().mode() == Mode.UPSERT && shape.planned().onConflict() == OnConflict.ERROR_ON_CONFLICT;
    }

    private CopyRows fetch(Side side, List<Locator> places, List<String> expressions) {
        return new CopyRows(sides.session(side), projection(side).rows(places, expressions));
    }

    private List<String> key(CopyRows rows) {
        List<String> key = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            key.add(rows.text(i));
        }
        return key;
    }

    private List<@Nullable Value> values(CopyRows rows, List<ShapedColumn> columns) {
        return rows.from(shape.key().size(), columns.size());
    }

    /** The first few rows that differ and are left alone, for samples. */
    Differing differing() {
        return differing;
    }

    private String keyText(List<String> key) {
        return KeyText.of(shape, key);
    }

    private Projection projection(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    @Override
    public void close() {
        changes.close();
    }

    /** What one scan says of a side. */
    private record Fingerprint(long rows, long keyless, String hashes) {}
}
