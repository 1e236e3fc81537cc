package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Trigger;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WireForm;
import java.util.List;

/**
 * Whether a table without rows can be filled by COPY without a stage, and what was written be checked by one sum: every value
 * arrives as it travels, and nothing but the copy decides what the table holds then.
 */
final class Loadable {

    private Loadable() {}

    static boolean is(TableShape shape, List<TableShape> all) {
        Table target = shape.target();
        boolean alone =
                all.stream().filter(other -> other.group() == shape.group()).count() == 1;
        return alone
                && target.kind() == Table.Kind.TABLE
                && target.triggers().stream().noneMatch(Trigger::onInsert)
                && shape.reserved().isEmpty()
                && shape.inserted().stream().allMatch(ColumnField.class::isInstance)
                && TableShape.leaves(shape.inserted()).stream().allMatch(Loadable::arrivesAsItTravels);
    }

    private static boolean arrivesAsItTravels(Leaf leaf) {
        // An enum's binary form is its label:
        // https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES
        return leaf.form() == WireForm.BINARY
                || (leaf.form() == WireForm.TEXT && leaf.column().type().kind() == Type.Kind.ENUM);
    }
}
