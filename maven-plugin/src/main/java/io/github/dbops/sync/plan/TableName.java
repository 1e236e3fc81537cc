package io.github.dbops.sync.plan;

import java.util.Map;
import java.util.Optional;

/** What a plan may and may not call a table. */
final class TableName {

    private static final Map<String, String> HISTORIES =
            Map.of("_prisma_migrations", "Prisma", "flyway_schema_history", "Flyway");

    private TableName() {}

    /** Why a name cannot be a table's; empty where it can. */
    static Optional<String> flaw(String name) {
        int dot = name.indexOf('.');
        if (dot == 0 || (dot > 0 && dot == name.length() - 1)) {
            return Optional.of("A name is \"table\" or \"schema.table\"; this one lacks a part beside the dot.");
        }
        return Optional.empty();
    }

    /**
     * Why no plan may write a table; empty where it may. Flyway's name before version 5, {@code schema_version}, is not
     * among them: it is also an ordinary name.
     */
    static Optional<String> reservedFor(String name) {
        int dot = name.indexOf('.');
        String schema = dot < 0 ? "" : name.substring(0, dot);
        String bare = name.substring(dot + 1);
        if (HISTORIES.containsKey(bare)) {
            return Optional.of("It is the history of " + HISTORIES.get(bare)
                    + "'s migrations: each database's own record of what was done to it.");
        }
        if (schema.equals("dbops")) {
            return Optional.of("The schema dbops is where dbops records its own runs.");
        }
        if (schema.startsWith("pg_") || schema.equals("information_schema")) {
            return Optional.of("The schema " + schema + " is PostgreSQL's own.");
        }
        return Optional.empty();
    }
}
