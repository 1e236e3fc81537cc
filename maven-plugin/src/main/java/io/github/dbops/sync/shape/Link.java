package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.ForeignKey;
import io.github.dbops.sync.ShapedColumn.Part;
import java.util.List;

/**
 * A foreign key of which a sync fills at least one column.
 *
 * @param child the table that has it
 * @param key the foreign key, its parent under the target's name
 */
record Link(PlannedColumns child, ForeignKey key) {

    QualifiedName parent() {
        return key.parent();
    }

    /** Whether the plan says that its values are taken as they are. */
    boolean isRaw() {
        return child.planned().rawReferences().containsAll(key.columns());
    }

    /** Whether all its columns are filled, so that it can be said where it leads. */
    boolean isWhole() {
        return key.columns().stream().allMatch(name -> child.column(name).isPresent());
    }

    /** Its columns that can be left NULL at first: they may be NULL, and do not belong to the row's identity. */
    List<String> open() {
        return key.columns().stream()
                .filter(name ->
                        child.column(name).filter(c -> c.part() != Part.KEY).isPresent())
                .filter(name ->
                        child.target().column(name).filter(Column::notNull).isEmpty())
                .toList();
    }

    /** For messages: {@code public.book (author_id)}. */
    @Override
    public String toString() {
        return child.name() + " (" + String.join(", ", key.columns()) + ")";
    }
}
