package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;

/**
 * A foreign key of a table.
 *
 * @param name the constraint's name
 * @param columns the referencing columns
 * @param parent the referenced table; of a partition its root
 * @param parentColumns the referenced columns, in the same order
 * @param deferrable it can be checked at commit
 * @param proven every row is known to fulfil it: it is enforced and validated
 * @param temporal its last column references a period (PostgreSQL 18), which is contained, not equal
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-constraint.html">pg_constraint</a>
 */
public record ForeignKey(
        String name,
        List<String> columns,
        QualifiedName parent,
        List<String> parentColumns,
        boolean deferrable,
        boolean proven,
        boolean temporal) {

    public ForeignKey {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }

    /** The column of the parent that a referencing column stands for. */
    public String parentColumn(String column) {
        return parentColumns.get(columns.indexOf(column));
    }
}
