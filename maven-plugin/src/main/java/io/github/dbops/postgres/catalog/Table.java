package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A relation as its catalog describes it.
 *
 * @param oid its object id, good for this database and this moment
 * @param name schema and name
 * @param kind table, partitioned table, view…
 * @param columns in their order, dropped ones left out
 * @param primaryKey its columns in index order; empty: none
 * @param uniqueIndexes valid ones, the primary key's included
 * @param foreignKeys that this table declares
 * @param triggers user triggers that fire
 * @param rewritten it has rules, so a statement on it may become another one
 * @param privileges what the session's role may do
 */
public record Table(
        long oid,
        QualifiedName name,
        Kind kind,
        List<Column> columns,
        List<String> primaryKey,
        List<UniqueIndex> uniqueIndexes,
        List<ForeignKey> foreignKeys,
        List<Trigger> triggers,
        boolean rewritten,
        Privileges privileges) {

    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniqueIndexes = List.copyOf(uniqueIndexes);
        foreignKeys = List.copyOf(foreignKeys);
        triggers = List.copyOf(triggers);
    }

    /** A column by its exact name. */
    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** All column names, in their order. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether no two rows can share a value of these columns, NULLs aside. */
    public boolean isUnique(List<String> key) {
        return uniqueIndexes.stream().anyMatch(index -> index.covers(key));
    }

    /**
     * What kind of relation it is.
     *
     * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-class.html">pg_class.relkind</a>
     */
    public enum Kind {
        TABLE("table"),
        PARTITIONED("partitioned table"),
        PARTITION("partition"),
        VIEW("view"),
        MATERIALIZED_VIEW("materialized view"),
        FOREIGN("foreign table"),
        OTHER("relation");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }

        static Kind of(String relkind) {
            return switch (relkind) {
                case "r" -> TABLE;
                case "p" -> PARTITIONED;
                case "partition" -> PARTITION;
                case "v" -> VIEW;
                case "m" -> MATERIALIZED_VIEW;
                case "f" -> FOREIGN;
                default -> OTHER;
            };
        }
    }

    /**
     * A valid unique index.
     *
     * @param name its name
     * @param columns its key columns; empty where it has expressions
     * @param partial it has a predicate
     * @param immediate uniqueness is checked row by row, not at the statement's or transaction's end
     */
    public record UniqueIndex(String name, List<String> columns, boolean partial, boolean immediate) {

        public UniqueIndex {
            columns = List.copyOf(columns);
        }

        boolean covers(List<String> key) {
            return !partial && !columns.isEmpty() && key.containsAll(columns);
        }
    }

    /**
     * A foreign key of this table.
     *
     * @param name the constraint's name
     * @param columns the referencing columns
     * @param parent the referenced table
     * @param parentColumns the referenced columns, in the same order
     * @param deferrable it may be checked at commit
     */
    public record ForeignKey(
            String name, List<String> columns, QualifiedName parent, List<String> parentColumns, boolean deferrable) {

        public ForeignKey {
            columns = List.copyOf(columns);
            parentColumns = List.copyOf(parentColumns);
        }
    }

    /**
     * An enabled trigger that a user made.
     *
     * @param name its name
     * @param function what it runs
     * @param before it runs before the row is written, so it may change the row
     * @param onInsert it fires on INSERT
     * @param onUpdate it fires on UPDATE
     */
    public record Trigger(String name, String function, boolean before, boolean onInsert, boolean onUpdate) {}

    /**
     * What the session's role may do with the whole table. Grants on single columns do not count: rows are found by
     * {@code ctid}, and LOCK TABLE asks for the table too.
     *
     * @param role the role
     * @param select SELECT, and USAGE on the schema
     * @param insert INSERT
     * @param update UPDATE
     */
    public record Privileges(String role, boolean select, boolean insert, boolean update) {}
}
