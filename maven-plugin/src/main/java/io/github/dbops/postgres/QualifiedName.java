package io.github.dbops.postgres;

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
