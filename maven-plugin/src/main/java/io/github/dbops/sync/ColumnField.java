package io.github.dbops.sync;

import io.github.dbops.sync.ShapedColumn.Part;
import java.util.List;

/**
 * A column whose value means the same in both databases.
 *
 * @param column the column
 */
public record ColumnField(ShapedColumn column) implements Field {

    @Override
    public String name() {
        return column.name();
    }

    @Override
    public Part part() {
        return column.part();
    }

    @Override
    public List<String> columns() {
        return List.of(column.name());
    }

    @Override
    public List<Leaf> leaves() {
        return List.of(Leaf.of(column));
    }

    @Override
    public boolean isSensitive() {
        return column.sensitive();
    }
}
