package io.github.dbops.world;

import java.util.List;

/**
 * A foreign key, the same on both sides.
 *
 * @param columns the referencing ones, in the order of {@code parentColumns}
 * @param parent the referenced table's name
 * @param timing when it is checked
 * @param actions {@code ON DELETE CASCADE} and the like; may be empty
 */
record ForeignKey(
        String name, List<String> columns, String parent, List<String> parentColumns, Timing timing, String actions) {

    ForeignKey {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }

    /** When a constraint is checked. */
    enum Timing {
        AT_ONCE(""),
        DEFERRABLE(" DEFERRABLE"),
        DEFERRED(" DEFERRABLE INITIALLY DEFERRED");

        private final String sql;

        Timing(String sql) {
            this.sql = sql;
        }

        /** As it stands behind a constraint; begins with a space where it is not empty. */
        String sql() {
            return sql;
        }

        boolean isDeferrable() {
            return this != AT_ONCE;
        }
    }
}
