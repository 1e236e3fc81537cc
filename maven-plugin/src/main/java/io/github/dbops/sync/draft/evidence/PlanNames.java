package io.github.dbops.sync.draft.evidence;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Catalog;
import java.util.Optional;
import java.util.stream.Stream;

/** How a plan calls a table, so that a sync finds exactly that one again. */
final class PlanNames {

    private final Catalog catalog;

    PlanNames(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Bare in the current schema, else with its schema; empty where neither leads to it. */
    Optional<String> of(QualifiedName table) {
        Stream<String> bare = table.schema().equals(catalog.currentSchema()) ? Stream.of(table.name()) : Stream.empty();
        return Stream.concat(bare, Stream.of(table.toString()))
                .filter(PlanNames::isAccepted)
                .filter(name -> catalog.resolve(name).filter(table::equals).isPresent())
                .findFirst();
    }

    // A plan's reader takes what stands before the first dot for a schema.
    private static boolean isAccepted(String name) {
        int dot = name.indexOf('.');
        String schema = dot < 0 ? "" : name.substring(0, dot);
        return !name.isBlank()
                && dot != 0
                && dot != name.length() - 1
                && !schema.startsWith("pg_")
                && !schema.equals("dbops")
                && !schema.equals("information_schema");
    }
}
