package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares one table by hashes alone: equal fingerprints settle it with one scan of each side; else both sides' key and row
 * hashes are streamed and brought together. Which comes first is chosen by a {@link Probe}. An empty target needs neither:
 * all rows are inserts.
 */
final class HashPass implements AutoCloseable {

    /** What a side's hashes may take before they go to a file. */
    private static final long HASH_MEMORY = 8L << 20;

    private static final int ROWS_A_BUCKET = 1 << 15;
    private static final int MOST_BUCKETS = 1 << 12;

    /** Tables of fewer rows are streamed at once: there is nothing to be saved. */
    static final int SMALL = 2000;

    /** Fewer rows are read in less time than a probe takes on both sides. */
    private static final double WORTH_A_PROBE = 60_000;

    private final TableShape shape;
    private final Hashing hashing;
    private final Comparing comparing;
    private final Progress progress;
    private final Tally tally;
    private final boolean failsOnConflict;
    private @Nullable KeyMatch match;
    private boolean wholeSource;

    HashPass(
            TableShape shape,
            Hashing hashing,
            Comparing comparing,
            boolean failsOnConflict,
            Tally tally,
            Progress progress) {
        this.shape = shape;
        this.hashing = hashing;
        this.comparing = comparing;
        this.failsOnConflict = failsOnConflict;
        this.tally = tally;
        this.progress = progress;
    }

    /** The rows that must be fetched; null where none must, or all of the source. */
    @Nullable
    KeyMatch match() {
        return match;
    }

    /** Whether the target is empty, so that all of the source is to be inserted. */
    boolean wantsWholeSource() {
        return wholeSource;
    }

    /** Runs within any pair of sessions that sees the snapshots. */
    void run(Sides sides) {
        if (targetIsEmpty(sides)) {
            wholeSource = true;
            return;
        }
        if (canSettle() && !differsClearly(sides) && settles(sides)) {
            return;
        }
        stream(sides);
    }

    // Duplicate and absent keys are told by hashes, so that they must be known not to be there.
    private boolean targetIsEmpty(Sides sides) {
        boolean told = shape.key().tellsApart(Side.SOURCE)
                && shape.key().isAlwaysThere(Side.SOURCE)
                && comparing == Comparing.HASH;
        return told
                && shape.target().estimatedRows() <= 0
                && sides.target()
                        .one("SELECT NOT EXISTS (SELECT FROM " + shape.target().sql() + ")", row -> row.getBoolean(1));
    }

    private boolean canSettle() {
        double rows = Math.max(shape.source().estimatedRows(), shape.target().estimatedRows());
        boolean small = shape.source().estimatedRows() >= 0 && shape.target().estimatedRows() >= 0 && rows < SMALL;
        return !small && equalHashesSettle();
    }

    /** Whether nothing more need be known of a row that both sides have. */
    private boolean equalHashesSettle() {
        return comparing == Comparing.HASH
                && !failsOnConflict
                && shape.key().tellsApart(Side.SOURCE)
                && shape.key().tellsApart(Side.TARGET);
    }

    private boolean differsClearly(Sides sides) {
        return shape.source().placed()
                && shape.source().estimatedRows() >= WORTH_A_PROBE
                && shape.target().estimatedRows() > 0
                && new Probe(shape, hashing).findsDifference(sides);
    }

    private boolean settles(Sides sides) {
        Sides.Both<Fingerprint> prints = fingerprints(sides);
        boolean equal =
                prints.source().isOfSameRows(prints.target()) && prints.source().keyless() == 0;
        if (equal) {
            tally.sourceRows = prints.source().rows();
            tally.targetRows = prints.target().rows();
            tally.identical = tally.sourceRows;
        }
        return equal;
    }

    private Sides.Both<Fingerprint> fingerprints(Sides sides) {
        try (Progress.Rows rows =
                progress.table(TableWork.estimated(shape.name().toString(), Telling.AT_THE_END, estimate(watched())))) {
            Sides.Both<Fingerprint> prints = sides.both(this::fingerprint);
            rows.handled((watched() == Side.SOURCE ? prints.source() : prints.target()).rows());
            return prints;
        }
    }

    /** The side that is likely to take longer; how many rows a condition lets through nobody knows before. */
    private Side watched() {
        boolean all = shape.planned().where().isEmpty();
        return all && estimate(Side.SOURCE) > estimate(Side.TARGET) ? Side.SOURCE : Side.TARGET;
    }

    private double estimate(Side side) {
        return side.table(shape.key()).estimatedRows();
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

    private void stream(Sides sides) {
        double rows = Math.max(shape.source().estimatedRows(), shape.target().estimatedRows());
        int wanted = (int) Math.min(MOST_BUCKETS, Math.max(1, rows) / ROWS_A_BUCKET + 1);
        int buckets = Integer.highestOneBit(wanted) * 2;
        KeyMatch found = new KeyMatch(
                comparing, failsOnConflict ? Tally.EXAMPLES : 0, shape.key().tellsApart(Side.TARGET), tally);
        match = found;
        try (RowHashes source = new RowHashes(buckets, 0, HASH_MEMORY);
                RowHashes target = new RowHashes(buckets, 0, HASH_MEMORY)) {
            Meeting meeting = new Meeting(source, target);
            Function<Side, HashedRows> all = side -> side == Side.SOURCE ? source : target;
            Sides.Both<Long> keyless = fill(sides, equalHashesSettle() ? meeting::entrance : all, meeting::closed);
            tally.identical = meeting.end();
            tally.keylessSource = keyless.source();
            tally.keylessTarget = keyless.target();
            tally.sourceRows = tally.identical + source.size() + keyless.source();
            tally.targetRows = tally.identical + target.size() + keyless.target();
            tally.onlyInTarget = keyless.target();
            found.run(source, target, buckets, 0);
        }
    }

    private Sides.Both<Long> fill(Sides sides, Function<Side, HashedRows> receivers, Consumer<Side> atEnd) {
        Side watched = watched();
        try (Progress.Rows rows =
                progress.table(TableWork.estimated(shape.name().toString(), Telling.AS_THEY_PASS, estimate(watched)))) {
            return sides.both((side, session) -> {
                try {
                    // One side's progress will do.
                    return fill(receivers.apply(side), side, session, side == watched ? rows::handled : seen -> {});
                } finally {
                    atEnd.accept(side);
                }
            });
        }
    }

    private long fill(HashedRows receiver, Side side, Session session, RowHashes.RowCount count) {
        PlaceForm form = PlaceForm.of(side.table(shape.key()));
        try (CopyRows stream = new CopyRows(session, new Projection(shape, side, hashing).stream())) {
            return RowHashes.read(stream, form, receiver, count);
        } catch (SqlFailure failure) {
            throw side == Side.SOURCE ? SourceChecks.explained(shape, failure) : failure;
        }
    }

    @Override
    public void close() {
        if (match != null) {
            match.close();
        }
    }

    /** What one scan says of a side. */
    private record Fingerprint(long rows, long keyless, String hashes) {

        boolean isOfSameRows(Fingerprint other) {
            return rows == other.rows && keyless == other.keyless && hashes.equals(other.hashes);
        }
    }
}
