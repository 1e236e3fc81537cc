package io.github.dbops.sync.plan;

import java.util.List;

/** The fields that a plan may have, object by object, in the order in which messages name them. */
final class PlanFields {

    static final List<String> PLAN =
            List.of("$schema", "version", "defaults", "protectedTables", "tables", "allowSideEffects", "report");

    static final List<String> DEFAULTS = List.of("mode", "onConflict");

    static final List<String> TABLE = List.of(
            "name",
            "key",
            "mode",
            "onConflict",
            "columns",
            "where",
            "exclude",
            "ignore",
            "sensitive",
            "ids",
            "rawReferences",
            "undo");

    static final List<String> REPORT = List.of("samples");

    private PlanFields() {}
}
