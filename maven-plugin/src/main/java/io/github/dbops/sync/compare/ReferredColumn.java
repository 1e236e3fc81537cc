package io.github.dbops.sync.compare;

import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.KeyJoins;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ReferenceField;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the row to which changes refer has in one of its columns, in SQL. Of a row that is yet to be inserted the natural
 * key may tell it, or the row of the target to which that key refers.
 */
final class ReferredColumn {

    private final NaturalKey row;
    private final int first;
    private final String column;
    private final boolean looseIsKnown;
    private final KeyJoins joins;

    /**
     * A column of a row.
     *
     * @param row how the row is told
     * @param first its key's values are {@code n.y} with this number and the next ones, in canonical form
     * @param looseIsKnown a value may be spelled otherwise than the row will have it, as long as it is equal
     * @param joins to the target's rows; what is needed is added
     */
    ReferredColumn(NaturalKey row, int first, String column, boolean looseIsKnown, KeyJoins joins) {
        this.row = row;
        this.first = first;
        this.column = column;
        this.looseIsKnown = looseIsKnown;
        this.joins = joins;
    }

    /** The value; NULL as long as nobody knows it. */
    String value() {
        String today = Joins.column(joins.row(row, values()), column);
        int at = first;
        for (Field field : row.fields()) {
            if (field instanceof ReferenceField through && field.columns().contains(column)) {
                return "coalesce(" + today + ", " + beyond(through, at).value() + ")";
            }
            if (field instanceof ColumnField own && own.name().equals(column) && isKnown(own)) {
                return "coalesce(" + today + ", " + values().get(at - first) + ")";
            }
            at += field.leaves().size();
        }
        return today;
    }

    /** What is the same where the value is, and different where it is, whether it is known or not. */
    String identity() {
        int at = first;
        for (Field field : row.fields()) {
            int leaves = field.leaves().size();
            if (field.columns().contains(column)) {
                return field instanceof ReferenceField through
                        ? beyond(through, at).identity()
                        : inputs(at, leaves);
            }
            at += leaves;
        }
        return inputs(first, row.leaves().size());
    }

    private ReferredColumn beyond(ReferenceField through, int at) {
        Reference reference = through.reference();
        return new ReferredColumn(
                reference.parent(), at, reference.foreignKey().parentColumn(column), looseIsKnown, joins);
    }

    private boolean isKnown(ColumnField own) {
        return looseIsKnown || !CanonicalKey.isLoose(own.column().type());
    }

    private List<String> values() {
        return IntStream.range(0, row.leaves().size())
                .mapToObj(i -> CanonicalKey.value(
                        "n.y" + (first + i), row.leaves().get(i).column().type()))
                .toList();
    }

    private static String inputs(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "n.y" + i)
                .collect(Collectors.joining(", ", "jsonb_build_array(", ")::text"));
    }
}
