package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;

/**
 * A foreign key with both its ends, wherever it is declared: on a table, a partitioned one or a single partition.
 *
 * @param key the foreign key
 * @param child the relation that declares it
 * @param parent the relation whose rows it references
 * @param enforced the server keeps it; PostgreSQL 18 has foreign keys that are only declared
 * @param acting what makes a statement on the child's table
 */
public record KeyLink(ForeignKey key, End child, End parent, boolean enforced, Acting acting) {

    /** For people: {@code public.Order (Order_productId_fkey)}. */
    @Override
    public String toString() {
        return child.root() + " (" + key.name() + ")";
    }

    /**
     * Whether the server writes the child's table where the parent's is written: cascades, or sets NULL or a default.
     *
     * @param onDelete with a DELETE of a parent
     * @param onUpdate with an UPDATE of the values that are referenced
     */
    public record Acting(boolean onDelete, boolean onUpdate) {}

    /**
     * One of the two relations.
     *
     * @param name its name
     * @param root the partitioned table that it is a part of; else the name itself
     * @param partitioned it has partitions of its own
     * @param readable the session's role may SELECT the columns of the foreign key
     */
    public record End(QualifiedName name, QualifiedName root, boolean partitioned, boolean readable) {

        /** As it stands in FROM: foreign keys do not see the tables that inherit from one. */
        public String sql() {
            return (partitioned ? "" : "ONLY ") + name.sql();
        }
    }
}
