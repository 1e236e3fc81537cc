package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.Values;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WholeLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Fetches rows that may differ, and makes of them the changes that the plan wants and the target lets happen. */
final class RowReading implements AutoCloseable {

    private static final int SORT_MEMORY = 8 << 20;
    private static final int AT_ONCE = 2000;

    private final TableShape shape;
    private final Sides sides;
    private final Hashing hashing;
    private final Tally tally;
    private final Parents parents;
    private final Collisions collisions;
    private final int keys;
    private final ChangeSorter changes = new ChangeSorter(SORT_MEMORY);
    private final Differing differing = new Differing(Tally.SHOWN);
    private List<Candidate> waiting = List.of();

    RowReading(TableShape shape, Sides sides, Hashing hashing, Tally tally, Parents parents, Collisions collisions) {
        this.shape = shape;
        this.sides = sides;
        this.hashing = hashing;
        this.tally = tally;
        this.parents = parents;
        this.collisions = collisions;
        this.keys = shape.key().leaves().size();
    }

    ChangeSorter changes() {
        return changes;
    }

    Differing differing() {
        return differing;
    }

    /** How the rows of {@link #wholeSource} may be written as a whole. */
    WholeLoad load() {
        Projection target = new Projection(shape, Side.TARGET, hashing);
        return new WholeLoad(
                target.carriedFingerprint(),
                tally.inserts,
                target.carriesWholeRows(Hashing.of(sides.target())),
                () -> sides.beside(source -> {
                    // There is time enough, and the cores have other work.
                    source.execute("SET LOCAL max_parallel_workers_per_gather = 0");
                    return WholeLoad.Fingerprint.of(
                            source, new Projection(shape, Side.SOURCE, hashing).carriedFingerprint());
                }));
    }

    /** Rows that both sides have, as far as their keys' hashes tell. */
    void pairs(Places.Batch batch) {
        boolean overwrites = shape.planned().overwrites();
        RowLayout layout = overwrites
                ? RowLayout.ofPairs(shape, looked(), collisions.texts())
                : RowLayout.ofPairs(shape, List.of(), List.of());
        List<Locator> collided = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        Sides.Both<CopyRows> rows = sides.both((side, session) -> {
            Projection projection = new Projection(shape, side, hashing);
            if (side == Side.SOURCE) {
                return new CopyRows(session, projection.rows(batch.source(), layout.source(projection)));
            }
            takeWaiting();
            // The target's key is fetched too: another spelling of an equal key is worth a warning.
            return new CopyRows(session, projection.rows(batch.target(), layout.target(projection)));
        });
        try (CopyRows left = rows.source();
                CopyRows right = rows.target()) {
            for (int i = 0; i < batch.source().size(); i++) {
                demand(left.next() && right.next());
                List<String> key = layout.key(left);
                if (!key.equals(layout.key(right))) {
                    tally.onlyInTarget++;
                    collided.add(batch.source().get(i));
                    continue;
                }
                Samples.Pair pair = new Samples.Pair(
                        key, batch.source().get(i), batch.target().get(i));
                Change change = pair(pair, layout.values(left), layout.values(right));
                if (change != null) {
                    candidates.add(new Candidate(change, layout.parents(left), layout.texts(left)));
                }
            }
            demand(!left.next() && !right.next());
        }
        waiting = candidates;
        if (!collided.isEmpty()) {
            inserts(collided);
        }
    }

    /** Takes what was fetched last: that needs the target's session alone, while the source may fetch the next rows. */
    void takeWaiting() {
        take(waiting);
        waiting = List.of();
    }

    private static void demand(boolean asExpected) {
        if (!asExpected) {
            throw new IllegalStateException("a row is no longer where the same snapshot had it");
        }
    }

    /** The update that makes the two rows one; null: they are equal, or the target's stays. */
    private @Nullable Change pair(Samples.Pair pair, Values ours, Values theirs) {
        if (!ours.sameAt(0, keys, theirs, 0)) {
            tally.spelledDifferently.add(KeyText.of(shape, pair.key()));
        }
        int compared = ours.count() - keys;
        if (ours.sameAt(keys, compared, theirs, keys)) {
            tally.identical++;
            if (failsOnConflict()) {
                differing.add(pair);
            }
            return null;
        }
        tally.different++;
        if (!shape.planned().overwrites()) {
            differing.add(pair);
            return null;
        }
        tally.toUpdate++;
        return new Change(
                Change.Action.UPDATE, pair.key(), pair.source(), pair.target(), theirs.slice(keys, compared), ours);
    }

    /** Rows that only the source has. */
    void inserts(List<Locator> places) {
        tally.inserts += places.size();
        if (failsOnConflict() && tally.identical + tally.different > 0) {
            // The run will be refused; the rows are only counted.
            return;
        }
        RowLayout layout = RowLayout.ofInserts(shape, looked(), collisions.texts());
        Projection projection = new Projection(shape, Side.SOURCE, hashing);
        List<Candidate> candidates = new ArrayList<>();
        String query = projection.rows(places, layout.source(projection));
        Optional<CopyRows> fetched = sides.both((side, session) -> {
                    if (side == Side.SOURCE) {
                        return Optional.of(new CopyRows(session, query));
                    }
                    takeWaiting();
                    return Optional.<CopyRows>empty();
                })
                .source();
        try (CopyRows rows = fetched.orElseThrow()) {
            for (Locator place : places) {
                demand(rows.next());
                candidates.add(insert(layout, rows, place));
            }
            demand(!rows.next());
        }
        waiting = candidates;
    }

    /**
     * All rows of the source, where the target has none.
     *
     * @param count told from time to time, and at the end, how many were read
     */
    void wholeSource(LongConsumer count) {
        collisions.targetIsEmpty();
        RowLayout layout = RowLayout.ofInserts(shape, looked(), collisions.texts());
        Projection projection = new Projection(shape, Side.SOURCE, hashing);
        PlaceForm form = PlaceForm.of(shape.source());
        List<String> expressions = layout.source(projection);
        List<Candidate> candidates = new ArrayList<>();
        try (CopyRows rows = new CopyRows(sides.session(Side.SOURCE), projection.all(expressions))) {
            while (rows.next()) {
                candidates.add(insert(layout, rows, form.place(rows, expressions.size())));
                if (candidates.size() == AT_ONCE) {
                    take(candidates);
                    tally.inserts += candidates.size();
                    candidates.clear();
                    count.accept(tally.inserts);
                }
            }
        } catch (SqlFailure failure) {
            throw SourceChecks.explained(shape, failure);
        }
        take(candidates);
        tally.inserts += candidates.size();
        tally.sourceRows = tally.inserts;
        count.accept(tally.inserts);
    }

    private static Candidate insert(RowLayout layout, CopyRows row, Locator place) {
        Change change =
                new Change(Change.Action.INSERT, layout.key(row), place, Locator.NONE, Values.NONE, layout.values(row));
        return new Candidate(change, layout.parents(row), layout.texts(row));
    }

    private void take(List<Candidate> candidates) {
        List<Candidate> free = parents.unblocked(shape, candidates);
        collisions.look(free, sides);
        free.forEach(candidate -> changes.add(candidate.change()));
    }

    private List<Reference> looked() {
        return parents.looked(shape);
    }

    private boolean failsOnConflict() {
        return shape.planned().mode() == Mode.UPSERT && shape.planned().onConflict() == OnConflict.ERROR_ON_CONFLICT;
    }

    @Override
    public void close() {
        changes.close();
    }
}
