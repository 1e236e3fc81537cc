package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.ShapedColumn;

/**
 * Composite types of one name whose fields may differ. Their values travel as text, field by field in order, so that fields
 * which have changed places would change their values too, and a shorter one would cut.
 *
 * @see <a href="https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-IO-SYNTAX">Composite Type Input and Output
 *     Syntax</a>
 */
final class CompositeFields {

    private final Session source;
    private final Session target;

    CompositeFields(Session source, Session target) {
        this.source = source;
        this.target = target;
    }

    /** Whether the column may hold composite values, or arrays or ranges of them. */
    boolean mayDiffer(ShapedColumn column) {
        Type type = column.target().type();
        return type.kind() == Type.Kind.COMPOSITE
                || ((type.kind() == Type.Kind.ARRAY || type.kind() == Type.Kind.RANGE) && !type.hasBuiltInElement());
    }

    String inSource(ShapedColumn column) {
        return fields(source, column.source().type());
    }

    String inTarget(ShapedColumn column) {
        return fields(target, column.target().type());
    }

    /** Fields at any depth, with their types: {@code amount numeric(6,2), size.width integer}. Empty: there are none. */
    private static String fields(Session session, Type type) {
        return session.one("""
                WITH RECURSIVE part (type, path, name) AS (
                    SELECT to_regtype(?)::oid, ARRAY[]::int[], ARRAY[]::text[] COLLATE "C"
                    UNION ALL
                    SELECT next.type, p.path || next.number, p.name || next.name
                    FROM part p
                    JOIN pg_type t ON t.oid = p.type
                    CROSS JOIN LATERAL (
                        SELECT a.atttypid, a.attnum::int,
                               (a.attname || ' ' || format_type(a.atttypid, a.atttypmod)) COLLATE "C"
                        FROM pg_attribute a
                        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                        UNION ALL
                        SELECT t.typelem, 0, NULL WHERE t.typelem <> 0 AND t.typcategory = 'A'
                        UNION ALL
                        SELECT t.typbasetype, 0, NULL WHERE t.typtype = 'd'
                        UNION ALL
                        SELECT r.rngsubtype, 0, NULL FROM pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
                    ) AS next (type, number, name))
                SELECT coalesce(string_agg(array_to_string(name, '.'), ', ' ORDER BY path), '')
                FROM part
                WHERE path[cardinality(path)] > 0
                """, row -> row.getString(1), type.base().sql());
    }
}
