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
 * @param uniqueIndexes valid ones, the primary key's and those of exclusion constraints included
 * @param foreignKeys that this table declares
 * @param triggers user triggers that fire
 * @param rewritten it has rules, so a statement on it may become another one
 * @param placed a row can be found again by its {@code ctid}: not in a foreign table, nor where the rows of one table lie
 *     on several nodes
 * @param inherited other tables inherit from it; partitions do not count
 * @param estimatedRows the planner's guess, partitions together; below 0: never analysed
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
        boolean inherited,
        boolean placed,
        double estimatedRows,
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
        return uniqueIndexes.stream().anyMatch(index -> index.keepsApart(key));
    }

    /** As it stands in FROM or UPDATE: without the tables that inherit from it, with its partitions. */
    public String sql() {
        return (kind == Kind.TABLE ? "ONLY " : "") + name.sql();
    }

    /** Whether a row's place is only told by its partition too. */
    public boolean isPartitioned() {
        return kind == Kind.PARTITIONED;
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
     * What the session's role may do with the whole table. Grants on single columns do not count: rows are found by
     * {@code ctid}, and LOCK TABLE asks for the table too.
     *
     * @param role the role
     * @param select SELECT, and USAGE on the schema
     * @param insert INSERT
     * @param update UPDATE
     * @param delete DELETE
     */
    public record Privileges(String role, boolean select, boolean insert, boolean update, boolean delete) {}
}
