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
import org.jspecify.annotations.Nullable;

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

    /** The key's field that fills the column, if one does. */
    private final @Nullable Field inKey;

    /** The number of that field's first value. */
    private final int at;

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
        this.inKey = row.fields().stream()
                .filter(field -> field.columns().contains(column))
                .findFirst()
                .orElse(null);
        this.at = first
                + row.fields().stream()
                        .takeWhile(field -> field != inKey)
                        .mapToInt(field -> field.leaves().size())
                        .sum();
    }

    /** The value; NULL as long as nobody knows it. */
    String value() {
        String today = Joins.column(joins.row(row, values()), column);
        if (inKey instanceof ReferenceField through) {
            return "coalesce(" + today + ", " + beyond(through).value() + ")";
        }
        return inKey instanceof ColumnField own && isKnown(own)
                ? "coalesce(" + today + ", " + values().get(at - first) + ")"
                : today;
    }

    /** What is the same where the value is, and different where it is, whether it is known or not. */
    String identity() {
        if (inKey instanceof ReferenceField through) {
            return beyond(through).identity();
        }
        return inKey == null ? inputs(first, row.leaves().size()) : inputs(at, 1);
    }

    private ReferredColumn beyond(ReferenceField through) {
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
