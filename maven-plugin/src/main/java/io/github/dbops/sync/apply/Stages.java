package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.sync.Reference;
import java.util.Map;
import java.util.Optional;

/**
 * The stages of all tables that an apply writes.
 *
 * @param tables by their names, in the order in which they are written
 */
record Stages(Map<QualifiedName, StagedTable> tables) {

    /** The rows that a reference's table gets; empty: none. */
    Optional<Stage> inserts(Reference reference) {
        return table(reference).flatMap(StagedTable::inserts);
    }

    /** The rows of a reference's table that are changed; empty: none. */
    Optional<Stage> updates(Reference reference) {
        return table(reference).flatMap(StagedTable::updates);
    }

    private Optional<StagedTable> table(Reference reference) {
        return Optional.ofNullable(tables.get(reference.parent().name()));
    }
}
