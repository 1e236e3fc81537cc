package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.SchemaDifference;
import io.github.dbops.sync.ShapedColumn;
import java.util.List;
import java.util.Optional;

/**
 * A planned table, column by column; references are not looked at yet.
 *
 * @param planned its plan entry
 * @param source the source's table
 * @param target the target's table
 * @param columns those that take part: key columns first, in the plan's order, then by the target's order; of a skipped
 *     table its key alone
 * @param differences columns that the two sides do not have alike
 * @param notes what the operator should know, one sentence each
 */
record PlannedColumns(
        PlannedTable planned,
        Table source,
        Table target,
        List<ShapedColumn> columns,
        List<SchemaDifference> differences,
        List<String> notes) {

    PlannedColumns {
        columns = List.copyOf(columns);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    QualifiedName name() {
        return target.name();
    }

    boolean isCarried() {
        return planned.mode() != Mode.SKIP;
    }

    Optional<ShapedColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    boolean isInKey(String name) {
        return planned.key().contains(name);
    }

    /** Where problems with it are. */
    String place() {
        return planned.position() + ", table " + name();
    }
}
