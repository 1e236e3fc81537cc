package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.Identifier;

/**
 * An operator in its schema. Named in full, so that the search path cannot make another one of it: without its own
 * operator citext would be compared as text.
 *
 * @param schema its schema
 * @param symbol {@code =}
 */
public record Operator(String schema, String symbol) {

    /** PostgreSQL's own equality. */
    public static final Operator EQUALS = new Operator("pg_catalog", "=");

    /** The operator between two expressions. */
    public String between(String one, String other) {
        return one + " OPERATOR(" + Identifier.quote(schema) + "." + symbol + ") " + other;
    }
}
