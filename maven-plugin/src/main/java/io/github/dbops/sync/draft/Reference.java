package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;

/**
 * A foreign key that a table declares.
 *
 * @param columns the referencing columns
 * @param parent the referenced table
 * @param parentColumns the referenced columns, in the same order
 * @param deferrable it may be checked at commit
 */
public record Reference(List<String> columns, QualifiedName parent, List<String> parentColumns, boolean deferrable) {

    public Reference {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }

    /** The referenced column that a referencing one stands for. */
    String parentColumn(String column) {
        return parentColumns.get(columns.indexOf(column));
    }
}
