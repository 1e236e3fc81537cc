package io.github.dbops.sync;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Table;
import java.util.List;

/**
 * How a row of a planned table is told on both sides. Where a field is a reference, the parent's natural key stands for
 * it, and so on; a key never goes through itself.
 *
 * @param planned the table's plan entry; a skipped table with a key serves references only
 * @param source the source's table
 * @param target the target's table
 * @param fields the key's fields, in the plan's order
 */
public record NaturalKey(PlannedTable planned, Table source, Table target, List<Field> fields) {

    public NaturalKey {
        fields = List.copyOf(fields);
    }

    /** The target's name, under which the table is reported. */
    public QualifiedName name() {
        return target.name();
    }

    /** The values that make it. */
    public List<Leaf> leaves() {
        return fields.stream().flatMap(field -> field.leaves().stream()).toList();
    }

    /** Whether the key is unique on a side by an index, so that it need not be counted. */
    public boolean isUnique(Table side) {
        return side.isUnique(planned.key());
    }

    /** Whether rows of the table are carried, or only told apart. */
    public boolean isCarried() {
        return planned.mode() != Mode.SKIP;
    }
}
