package io.github.dbops.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The name of a relation, function or type in its schema, case as in the catalog.
 *
 * @param schema the schema
 * @param name the bare name
 */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {

    /** Quoted for SQL: {@code "public"."Order"}. */
    public String sql() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    // Every run looks names up before it asks a server for rows, and a record's own equality is put together when it is
    // first used: that takes 20 milliseconds.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QualifiedName that && schema.equals(that.schema) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * schema.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(QualifiedName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** For people and reports: {@code public.Order}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
