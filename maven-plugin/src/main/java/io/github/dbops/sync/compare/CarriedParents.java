package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ShapedColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the source tells of the rows to which references lead: whether the plan carries them. */
final class CarriedParents {

    private static final String PARENT = "t";

    private final Joins joins;

    /** Of the rows that a projection of the source joins. */
    CarriedParents(Joins joins) {
        this.joins = joins;
    }

    /** How a reference stands: one of {@link ParentState}'s codes, as an integer. */
    String state(Reference reference) {
        return "CASE WHEN NOT (%s) THEN %d WHEN NOT (%s) THEN %d WHEN %s THEN %d ELSE %d END"
                .formatted(
                        joins.isPresent(List.of(reference)),
                        ParentState.NONE.ordinal(),
                        joins.areThere(reference.leaves()),
                        ParentState.UNTOLD.ordinal(),
                        isCarried(reference),
                        ParentState.CARRIED.ordinal(),
                        ParentState.LEFT_OUT.ordinal());
    }

    private String isCarried(Reference reference) {
        NaturalKey parent = reference.parent();
        if (!parent.isCarried()) {
            return "false";
        }
        Optional<String> condition = parent.planned().where();
        if (condition.isEmpty()) {
            return "true";
        }
        String row = joins.alias(List.of(reference));
        String itself = reference.foreignKey().parentColumns().stream()
                .map(name -> same(parent.source(), row, name))
                .collect(Collectors.joining(" AND "));
        // Another row of its key will be there in its stead.
        String likeIt = parent.fields().stream()
                .map(field -> same(parent.source(), row, field))
                .collect(Collectors.joining(" AND "));
        return exists(parent, itself, condition.get()) + " OR " + exists(parent, likeIt, condition.get());
    }

    // The plan's condition on the parent names its columns bare, so it gets a scope of its own. The newline ends
    // a comment that it may end with.
    private static String exists(NaturalKey parent, String same, String condition) {
        return "EXISTS (SELECT FROM " + parent.source().sql() + " AS " + PARENT + " WHERE " + same + " AND ("
                + condition + "\n))";
    }

    private static String same(Table parent, String row, String name) {
        Column column = parent.column(name).orElseThrow();
        return column.type().equality().between(Joins.column(PARENT, name), Joins.column(row, name));
    }

    private static String same(Table parent, String row, Field field) {
        if (field instanceof ColumnField own && !isToldAlike(own.column())) {
            return canonical(PARENT, own.column()) + " = " + canonical(row, own.column());
        }
        return field.columns().stream().map(name -> same(parent, row, name)).collect(Collectors.joining(" AND "));
    }

    /** Whether the source takes texts for one key where the target does. */
    private static boolean isToldAlike(ShapedColumn column) {
        Type source = column.source().type();
        return source.deterministic() && source.isCitext() == column.type().isCitext();
    }

    private static String canonical(String alias, ShapedColumn column) {
        return CanonicalKey.text(Joins.column(alias, column.name()), column.type()) + " COLLATE \"C\"";
    }
}
