package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.TableReader.Grouped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads columns and their types, domains looked through. */
final class ColumnReader {

    private final Session session;

    ColumnReader(Session session) {
        this.session = session;
    }

    Grouped<Column> read(List<String> tables) {
        Grouped<Column> columns = new Grouped<>();
        session.query("""
                SELECT a.attrelid::bigint,
                       a.attname,
                       format_type(a.atttypid, a.atttypmod),
                       bn.nspname, b.typname, b.typtype::text,
                       b.typelem <> 0 AND b.typlen = -1 AND b.typcategory = 'A' AS is_array,
                       en.nspname, e.typname,
                       sn.nspname, s.proname,
                       coalesce(co.collisdeterministic, true),
                       t.typtype = 'd',
                       a.attnotnull OR (t.typtype = 'd' AND t.typnotnull),
                       (a.atthasdef AND a.attgenerated = '') OR a.attidentity <> ''
                           OR (t.typtype = 'd' AND t.typdefault IS NOT NULL),
                       a.attidentity::text,
                       a.attgenerated <> '',
                       qn.nspname, q.relname,
                       format_type(b.oid, bottom.mod),
                       CASE WHEN a.attgenerated = '' THEN pg_get_expr(ad.adbin, ad.adrelid) END,
                       coalesce(has_sequence_privilege(q.oid, 'USAGE'), true),
                       has_column_privilege(a.attrelid, a.attnum, 'SELECT'),
                       a.attnotnull
                           AND (a.attrelid, a.attnum) NOT IN
                               (SELECT conrelid, conkey[1] FROM pg_constraint WHERE contype = 'n' AND NOT convalidated)
                           AND (SELECT CASE relkind
                                           WHEN 'r' THEN true
                                           WHEN 'p' THEN NOT EXISTS
                                               (SELECT FROM pg_partition_tree(a.attrelid) p JOIN pg_class f ON f.oid = p.relid
                                                WHERE f.relkind = 'f')
                                           ELSE false
                                       END
                                FROM pg_class WHERE pg_class.oid = a.attrelid)
                FROM pg_attribute a
                JOIN pg_type t ON t.oid = a.atttypid
                CROSS JOIN LATERAL (
                    WITH RECURSIVE domains AS (
                        SELECT t.oid, t.typbasetype, t.typtype, a.atttypmod AS mod, t.typtypmod AS own, 0 AS depth
                        UNION ALL
                        SELECT u.oid, u.typbasetype, u.typtype, d.own, u.typtypmod, d.depth + 1
                        FROM domains d JOIN pg_type u ON u.oid = d.typbasetype
                        WHERE d.typtype = 'd')
                    SELECT oid, mod FROM domains ORDER BY depth DESC LIMIT 1) bottom
                JOIN pg_type b ON b.oid = bottom.oid
                JOIN pg_namespace bn ON bn.oid = b.typnamespace
                LEFT JOIN pg_range r ON r.rngtypid = b.oid OR r.rngmultitypid = b.oid
                LEFT JOIN pg_type e ON e.oid = coalesce(r.rngsubtype, nullif(b.typelem, 0))
                LEFT JOIN pg_namespace en ON en.oid = e.typnamespace
                LEFT JOIN pg_proc s ON s.oid = b.typsend
                    AND (s.proargtypes[0] = b.oid
                         OR EXISTS (SELECT FROM pg_type p WHERE p.oid = s.proargtypes[0] AND p.typtype = 'p'))
                LEFT JOIN pg_namespace sn ON sn.oid = s.pronamespace
                LEFT JOIN pg_collation co ON co.oid = a.attcollation
                LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
                LEFT JOIN LATERAL (
                    SELECT d.refobjid AS oid
                    FROM pg_depend d
                    WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = ad.oid
                      AND d.refclassid = 'pg_class'::regclass
                      AND EXISTS (SELECT FROM pg_class k WHERE k.oid = d.refobjid AND k.relkind = 'S')
                    UNION ALL
                    SELECT d.objid
                    FROM pg_depend d
                    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
                      AND d.refobjsubid = a.attnum AND d.classid = 'pg_class'::regclass
                      AND d.deptype = 'i' AND a.attidentity <> ''
                    LIMIT 1) sequence ON true
                LEFT JOIN pg_class q ON q.oid = sequence.oid
                LEFT JOIN pg_namespace qn ON qn.oid = q.relnamespace
                WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attrelid, a.attnum
                """, row -> columns.add(row.getLong(1), column(row)), tables);
        return columns;
    }

    private static Column column(ResultSet row) throws SQLException {
        Type type = new Type(
                row.getString(3),
                row.getString(20),
                new QualifiedName(row.getString(4), row.getString(5)),
                row.getBoolean(7) ? Type.Kind.ARRAY : kind(row.getString(6)),
                name(row, 8),
                name(row, 10),
                row.getBoolean(12),
                row.getBoolean(13));
        Column.Identity identity = switch (row.getString(16)) {
            case "a" -> Column.Identity.ALWAYS;
            case "d" -> Column.Identity.BY_DEFAULT;
            default -> Column.Identity.NONE;
        };
        return new Column(
                row.getString(2),
                type,
                row.getBoolean(14),
                row.getBoolean(24),
                row.getBoolean(15),
                identity,
                row.getBoolean(17),
                name(row, 18),
                row.getBoolean(22),
                row.getBoolean(23),
                Optional.ofNullable(row.getString(21)));
    }

    private static Type.Kind kind(String typtype) {
        return switch (typtype) {
            case "b" -> Type.Kind.BASE;
            case "e" -> Type.Kind.ENUM;
            case "c" -> Type.Kind.COMPOSITE;
            case "r", "m" -> Type.Kind.RANGE;
            default -> Type.Kind.OTHER;
        };
    }

    private static Optional<QualifiedName> name(ResultSet row, int at) throws SQLException {
        String name = row.getString(at + 1);
        return name == null ? Optional.empty() : Optional.of(new QualifiedName(row.getString(at), name));
    }
}
