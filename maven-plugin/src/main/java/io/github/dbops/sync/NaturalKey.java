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

    /** Whether a side has an index over the key's columns that keeps rows apart which the target would keep apart. */
    public boolean isUnique(Side side) {
        return side.table(this).isUnique(planned.key()) && (side == Side.TARGET || !hasLooserTexts());
    }

    /** Whether a column is citext in the target alone: what the source keeps apart may be one key there. */
    public boolean hasLooserTexts() {
        return planned.key().stream()
                .anyMatch(name -> target.column(name).orElseThrow().type().isCitext()
                        && !source.column(name).orElseThrow().type().isCitext());
    }

    /** Whether a side's indexes prove that no two rows share the key: two parents that do would make one of their rows. */
    public boolean tellsApart(Side side) {
        return isUnique(side)
                && ReferenceField.references(fields)
                        .allMatch(reference -> reference.parent().tellsApart(side));
    }

    /** Whether a side's columns prove that every row has the key; a foreign key alone is not trusted with that. */
    public boolean isAlwaysThere(Side side) {
        Table table = side.table(this);
        return table.kind() != Table.Kind.FOREIGN
                && ReferenceField.references(fields).findAny().isEmpty()
                && planned.key().stream()
                        .allMatch(name -> table.column(name).orElseThrow().filled());
    }

    /** Whether rows of the table are carried, or only told apart. */
    public boolean isCarried() {
        return planned.mode() != Mode.SKIP;
    }
}
