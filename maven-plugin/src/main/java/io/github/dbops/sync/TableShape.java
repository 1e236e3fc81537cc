package io.github.dbops.sync;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A planned table as both sides have it: which columns take part as what. Complete and checked when it exists.
 *
 * @param planned its plan entry
 * @param source the source's table
 * @param target the target's table
 * @param columns those that take part: key columns first, in the plan's order, then by the target's order
 * @param notes what the operator should know, one sentence each
 */
public record TableShape(
        PlannedTable planned, Table source, Table target, List<ShapedColumn> columns, List<String> notes) {

    public TableShape {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /** The target's name, under which the table is reported. */
    public QualifiedName name() {
        return target.name();
    }

    /** The natural key's columns, in the plan's order. */
    public List<ShapedColumn> key() {
        return parts(EnumSet.of(ShapedColumn.Part.KEY));
    }

    /** The columns whose values are compared. */
    public List<ShapedColumn> compared() {
        return parts(EnumSet.of(ShapedColumn.Part.COMPARED));
    }

    /** The columns of a staged update: key, then compared. */
    public List<ShapedColumn> updated() {
        return parts(EnumSet.of(ShapedColumn.Part.KEY, ShapedColumn.Part.COMPARED));
    }

    /** The columns of an insert: all. */
    public List<ShapedColumn> inserted() {
        return columns;
    }

    /** The surrogates that planned tables reference: they must agree where keys match. */
    public List<ShapedColumn> referenced() {
        return columns.stream().filter(ShapedColumn::referenced).toList();
    }

    /** Whether the key is unique on a side by an index, so that it need not be counted. */
    public boolean isKeyUnique(Table side) {
        return side.isUnique(planned.key());
    }

    private List<ShapedColumn> parts(Set<ShapedColumn.Part> wanted) {
        return columns.stream().filter(c -> wanted.contains(c.part())).toList();
    }
}
