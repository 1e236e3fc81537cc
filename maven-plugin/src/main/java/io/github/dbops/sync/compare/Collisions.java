package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one table that an index of the target would refuse: because another row has what they take, because two of
 * them take the same, or because rows hand values to each other, which PostgreSQL refuses row by row.
 */
final class Collisions implements AutoCloseable, UniqueCheck.Findings {

    private final TableShape shape;
    private final List<UniqueCheck> checks;
    private final Map<String, KeySet> taken = new LinkedHashMap<>();
    private final Map<String, KeySet> movedAway = new LinkedHashMap<>();
    private final Spool inTheWay = new Spool();
    private final Map<String, Found> found = new LinkedHashMap<>();

    Collisions(TableShape shape) {
        this.shape = shape;
        this.checks = new ArrayList<>(shape.target().uniqueIndexes().stream()
                // Updates are told apart from the row in their way by place.
                .filter(index -> shape.target().placed() && !isKey(shape, index))
                .flatMap(index -> Stream.of(Change.Action.INSERT, Change.Action.UPDATE)
                        .filter(action -> action == Change.Action.INSERT
                                || shape.planned().overwrites())
                        .flatMap(action -> UniqueCheck.of(shape, index, action).stream()))
                .toList());
        checks.forEach(check -> found.computeIfAbsent(check.index().name(), name -> new Found(check.index())));
    }

    // Rows that share the natural key are one row.
    private static boolean isKey(TableShape shape, UniqueIndex index) {
        return index.keepsApart(shape.planned().key())
                && index.plainColumns().containsAll(shape.planned().key());
    }

    /** Own columns that candidates must hold as text. */
    List<ShapedColumn> texts() {
        // By name: records' own equality, put together at its first use, would take longer than all else here.
        Map<String, ShapedColumn> byName = new LinkedHashMap<>();
        checks.forEach(check -> check.texts().forEach(column -> byName.put(column.name(), column)));
        return List.copyOf(byName.values());
    }

    /** In a table without rows only changes that may collide with each other are left to look at. */
    void targetIsEmpty() {
        checks.removeIf(UniqueCheck::isAgainstRowsOnly);
    }

    /** Looks at some changes. */
    void look(List<Candidate> candidates, Sides sides) {
        List<ShapedColumn> texts = texts();
        for (UniqueCheck check : checks) {
            List<Candidate> concerned = candidates.stream()
                    .filter(candidate -> check.concerns(candidate.change()))
                    .toList();
            if (check.action() == Change.Action.UPDATE) {
                KeySet away = movedAway.computeIfAbsent(check.index().name(), name -> new KeySet());
                concerned.forEach(candidate -> away.add(candidate.change().key()));
            }
            check.run(sides.session(Side.TARGET), concerned, texts, this);
        }
    }

    @Override
    public void inTheWay(UniqueCheck check, Change change, List<@Nullable String> owner) {
        if (owner.contains(null)) {
            // No row of the source is that one, so that it moves for none.
            found(check.index().name())
                    .owned
                    .add(KeyText.of(shape, change.key()) + " (a row of the target without a key has it)");
            return;
        }
        List<String> record =
                new ArrayList<>(List.of(check.index().name(), check.action().name()));
        record.addAll(change.key());
        record.addAll(owner);
        inTheWay.add(record);
    }

    @Override
    public void takes(UniqueCheck check, Change change, List<@Nullable String> values) {
        if (check.index().nullsDistinct() && values.contains(null)) {
            return;
        }
        List<String> spelled =
                values.stream().map(value -> value == null ? "n" : "v" + value).toList();
        if (!taken.computeIfAbsent(check.index().name(), name -> new KeySet()).add(spelled)) {
            found(check.index().name()).twice.add(KeyText.of(shape, change.key()));
        }
    }

    private Found found(String index) {
        return Objects.requireNonNull(found.get(index));
    }

    /** What stands against the changes, once all of them were looked at. */
    Collection<Found> settle() {
        int keys = shape.key().leaves().size();
        inTheWay.forEach(record -> {
            List<String> change = record.subList(2, 2 + keys);
            List<String> owner = record.subList(2 + keys, record.size());
            Found onIndex = found(record.get(0));
            KeySet away = movedAway.get(record.get(0));
            boolean freed = away != null && away.contains(owner);
            boolean update = record.get(1).equals(Change.Action.UPDATE.name());
            String told = KeyText.of(shape, change);
            if (!freed) {
                onIndex.owned.add(told + " (the target's " + KeyText.of(shape, owner) + " has it)");
            } else if (update && !onIndex.index.deferrable()) {
                // Updates come before inserts, so an insert may take what an update frees.
                onIndex.handed.add(told + " (from " + KeyText.of(shape, owner) + ")");
            }
        });
        found.values().removeIf(Found::isNothing);
        return found.values();
    }

    @Override
    public void close() {
        inTheWay.close();
    }

    /** What was found on one index. */
    static final class Found {

        final UniqueIndex index;

        /** Changes whose value a row of the target has, and keeps. */
        final Tally.Examples owned = new Tally.Examples();

        /** Changes that take what another one takes too. */
        final Tally.Examples twice = new Tally.Examples();

        /** Updates that take what another update gives up. */
        final Tally.Examples handed = new Tally.Examples();

        Found(UniqueIndex index) {
            this.index = index;
        }

        boolean isNothing() {
            return owned.count() + twice.count() + handed.count() == 0;
        }
    }
}
