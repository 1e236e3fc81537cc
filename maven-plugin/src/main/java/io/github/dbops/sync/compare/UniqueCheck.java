package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.compare.UniqueQuery.Told;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether changes of one kind would take what an index of the target lets one row alone have. */
final class UniqueCheck {

    private final TableShape shape;
    private final UniqueIndex index;
    private final Change.Action action;
    private final Told told;
    private final UniqueQuery query;
    private final Updates updates;

    private UniqueCheck(TableShape shape, UniqueIndex index, Change.Action action, Told told) {
        this.shape = shape;
        this.index = index;
        this.action = action;
        this.told = told;
        this.query = new UniqueQuery(shape, index, action);
        this.updates = Updates.of(shape, index.columns());
    }

    /**
     * The check of an index; empty where changes of the kind do not touch it, or where its values are only known once they
     * are written: from a default of the target, or a generated column.
     */
    static Optional<UniqueCheck> of(TableShape shape, UniqueIndex index, Change.Action action) {
        List<String> written = UniqueQuery.written(shape, action).stream()
                .flatMap(field -> field.columns().stream())
                .toList();
        boolean touched = index.columns().stream().anyMatch(written::contains)
                || (action == Change.Action.INSERT && !isLeftNull(index));
        boolean known =
                index.columns().stream().allMatch(name -> written.contains(name) || isKnown(shape, name, action));
        return touched && known
                ? Optional.of(new UniqueCheck(
                        shape, index, action, isGuaranteed(shape, index, written, action) ? Told.COLLISIONS : Told.ALL))
                : Optional.empty();
    }

    // Plain columns that a row leaves NULL collide with nothing, unless NULLs do.
    private static boolean isLeftNull(UniqueIndex index) {
        return index.nullsDistinct() && !index.plainColumns().isEmpty();
    }

    private static boolean isKnown(TableShape shape, String name, Change.Action action) {
        Column column = shape.target().column(name).orElseThrow();
        return !column.generated() && (action == Change.Action.UPDATE || !column.hasDefault());
    }

    // Where the source keeps the same rows apart, and all that the index reads comes from there, changes cannot collide
    // with each other.
    private static boolean isGuaranteed(
            TableShape shape, UniqueIndex index, List<String> written, Change.Action action) {
        List<String> fromSource = new ArrayList<>(written);
        if (action == Change.Action.UPDATE) {
            fromSource.addAll(shape.planned().key());
        }
        return index.exclusion()
                || (fromSource.containsAll(index.columns())
                        && shape.source().uniqueIndexes().stream().anyMatch(index::isLike));
    }

    UniqueIndex index() {
        return index;
    }

    Change.Action action() {
        return action;
    }

    /** Whether changes cannot collide with each other, only with rows of the target. */
    boolean isAgainstRowsOnly() {
        return told == Told.COLLISIONS;
    }

    /** Own columns whose values are needed as text. */
    List<ShapedColumn> texts() {
        return query.own();
    }

    /** Whether a change can collide on the index: an update that leaves its columns alone cannot. */
    boolean concerns(Change change) {
        return change.action() == action && (action == Change.Action.INSERT || updates.change(change));
    }

    /**
     * Looks for rows in the way of changes.
     *
     * @param texts the columns that candidates hold as text
     */
    void run(Session target, List<Candidate> candidates, List<ShapedColumn> texts, Findings findings) {
        if (candidates.isEmpty()) {
            return;
        }
        int keys = shape.key().leaves().size();
        // A change comes back twice where the target has its parent twice.
        BitSet seen = new BitSet();
        target.query(
                query.sql(told),
                row -> {
                    int number = row.getInt(1);
                    Change change = candidates.get(number - 1).change();
                    if (row.getBoolean(2)) {
                        findings.inTheWay(this, change, texts(row, 3, keys));
                    }
                    if (told == Told.ALL && !seen.get(number)) {
                        findings.takes(
                                this,
                                change,
                                texts(row, 3 + keys, index.elements().size()));
                    }
                    seen.set(number);
                    return number;
                },
                inputs(candidates, texts));
    }

    private static List<@Nullable String> texts(ResultSet row, int first, int count) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            texts.add(row.getString(i));
        }
        return texts;
    }

    private Object[] inputs(List<Candidate> candidates, List<ShapedColumn> texts) {
        List<Object> inputs = new ArrayList<>();
        List<String> names = texts.stream().map(ShapedColumn::name).toList();
        for (ShapedColumn column : query.own()) {
            int at = names.indexOf(column.name());
            inputs.add(candidates.stream().map(c -> c.texts().get(at)).toList());
        }
        List<Leaf> leaves = TableShape.leaves(carried());
        for (Leaf leaf : query.referred()) {
            int at = leaves.indexOf(leaf);
            inputs.add(candidates.stream().map(c -> c.change().after().text(at)).toList());
        }
        if (inputs.isEmpty()) {
            inputs.add(candidates.stream().map(c -> "").toList());
        }
        if (action == Change.Action.UPDATE) {
            inputs.add(candidates.stream().map(c -> c.change().target().tid()).toList());
            inputs.add(candidates.stream()
                    .map(c -> Long.toString(c.change().target().relation()))
                    .toList());
        }
        return inputs.toArray();
    }

    private List<Field> carried() {
        return action == Change.Action.INSERT ? shape.inserted() : shape.updated();
    }

    /** Told what is found. */
    interface Findings {
        /** A row of the target has what the change would take; its key may be NULL in part. */
        void inTheWay(UniqueCheck check, Change change, List<@Nullable String> owner);

        /** The change would take these values. */
        void takes(UniqueCheck check, Change change, List<@Nullable String> values);
    }
}
