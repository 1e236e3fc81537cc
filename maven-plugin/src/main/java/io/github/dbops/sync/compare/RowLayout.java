package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Values;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched of a row, and where it stands in it: canonical key, values as they travel, of pairs how doubtful
 * references stand, and of the source the rows to which references lead and some columns as text.
 */
final class RowLayout {

    /** Whose values are fetched. */
    private final List<Field> fields;

    /** Of which it is told whether they are there at all; see {@link TableShape#doubtful}. */
    private final List<Reference> doubtful;

    /** Whose parents are looked at. */
    private final List<Reference> looked;

    /** Own columns fetched as text too. */
    private final List<ShapedColumn> texts;

    // Asked for each row.
    private final int keys;
    private final int first;
    private final int values;
    private final int width;

    private RowLayout(
            TableShape shape,
            List<Field> fields,
            List<Reference> doubtful,
            List<Reference> looked,
            List<ShapedColumn> texts) {
        this.fields = fields;
        this.doubtful = doubtful;
        this.looked = looked;
        this.texts = texts;
        this.keys = shape.key().leaves().size();
        // The key's values come first among all. Where they are canonical as they travel they need not come twice.
        this.first = !fields.isEmpty() && shape.key().leaves().stream().allMatch(RowLayout::isCanonical) ? 0 : keys;
        this.values = TableShape.leaves(fields).size() + doubtful.size();
        this.width = first
                + values
                + looked.stream()
                        .mapToInt(reference -> 1 + reference.leaves().size())
                        .sum()
                + texts.size();
    }

    private static boolean isCanonical(Leaf leaf) {
        return CanonicalKey.isWhatTravels(leaf.form(), leaf.column().type());
    }

    /** Of rows that both sides have. */
    static RowLayout ofPairs(TableShape shape, List<Reference> looked, List<ShapedColumn> texts) {
        return new RowLayout(shape, shape.updated(), shape.doubtful(), looked, texts);
    }

    /** Of rows that the target lacks. */
    static RowLayout ofInserts(TableShape shape, List<Reference> looked, List<ShapedColumn> texts) {
        return new RowLayout(shape, shape.inserted(), List.of(), looked, texts);
    }

    /** Of keys alone. */
    static RowLayout ofKeys(TableShape shape) {
        return new RowLayout(shape, List.of(), List.of(), List.of(), List.of());
    }

    /** Expressions of the source's rows. */
    List<String> source(Projection projection) {
        List<String> expressions = target(projection);
        for (Reference reference : looked) {
            expressions.add(projection.parentState(reference));
            expressions.addAll(projection.canonicalParent(reference));
        }
        texts.forEach(column -> expressions.add(projection.text(column)));
        return expressions;
    }

    /** Expressions of the target's rows. */
    List<String> target(Projection projection) {
        List<String> expressions = new ArrayList<>(first == 0 ? List.of() : projection.canonicalKey());
        expressions.addAll(projection.wire(fields));
        doubtful.forEach(reference -> expressions.add(projection.standing(reference)));
        return expressions;
    }

    List<String> key(CopyRows row) {
        if (keys == 1) {
            return List.of(row.text(0));
        }
        List<String> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(row.text(i));
        }
        return key;
    }

    Values values(CopyRows row) {
        return row.values(first, values);
    }

    List<Candidate.Parent> parents(CopyRows row) {
        if (looked.isEmpty()) {
            return List.of();
        }
        List<Candidate.Parent> parents = new ArrayList<>();
        int at = first + values;
        for (Reference reference : looked) {
            ParentState state = ParentState.values()[row.int4(at++)];
            int leaves = reference.leaves().size();
            parents.add(new Candidate.Parent(reference, state, key(row, at, leaves)));
            at += leaves;
        }
        return parents;
    }

    /** A key that is all there; else none. */
    private static List<String> key(CopyRows row, int first, int leaves) {
        List<String> key = new ArrayList<>();
        for (int i = first; i < first + leaves; i++) {
            if (row.isNull(i)) {
                return List.of();
            }
            key.add(row.text(i));
        }
        return key;
    }

    /** The texts; an SQL NULL is null. */
    List<@Nullable String> texts(CopyRows row) {
        if (texts.isEmpty()) {
            return List.of();
        }
        int at = width - texts.size();
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            values.add(row.isNull(at + i) ? null : row.text(at + i));
        }
        return values;
    }

    /** How many fields there are. */
    int width() {
        return width;
    }
}
