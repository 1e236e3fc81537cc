package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One database's catalog as seen by a session inside its transaction. Reads SELECT-able catalogs only, so it works in
 * READ ONLY transactions, on standbys and without privileges on the tables.
 */
public final class Catalog {

    private final Session session;
    private final String currentSchema;
    private final List<QualifiedName> relations;

    private Catalog(Session session, String currentSchema, List<QualifiedName> relations) {
        this.session = session;
        this.currentSchema = currentSchema;
        this.relations = relations;
    }

    /** Reads the names of all relations; everything else is read when asked for. */
    public static Catalog of(Session session) {
        String current = session.one("SELECT coalesce(current_schema(), 'public')", row -> row.getString(1));
        List<QualifiedName> relations =
                session.query("""
                SELECT n.nspname, c.relname
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                  AND n.nspname NOT LIKE 'pg\\_temp\\_%'
                ORDER BY 1, 2
                """, row -> new QualifiedName(row.getString(1), row.getString(2)));
        return new Catalog(session, current, relations);
    }

    /** Every relation outside the system schemas, in name order. */
    public List<QualifiedName> relations() {
        return relations;
    }

    /** The schema that bare names mean. */
    public String currentSchema() {
        return currentSchema;
    }

    /** The relation that a plan's name means: bare in the current schema, else {@code schema.table}. */
    public Optional<QualifiedName> resolve(String planName) {
        QualifiedName bare = new QualifiedName(currentSchema, planName);
        int dot = planName.indexOf('.');
        if (relations.contains(bare) || dot <= 0 || dot == planName.length() - 1) {
            return relations.contains(bare) ? Optional.of(bare) : Optional.empty();
        }
        QualifiedName qualified = new QualifiedName(planName.substring(0, dot), planName.substring(dot + 1));
        return relations.contains(qualified) ? Optional.of(qualified) : Optional.empty();
    }

    /** A relation in full. The name must be one that {@link #resolve} gave. */
    public Table table(QualifiedName name) {
        return session.one("""
                SELECT c.oid::bigint,
                       CASE WHEN c.relispartition THEN 'partition' ELSE c.relkind::text END,
                       EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_enabled <> 'D'),
                       current_user,
                       has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE'),
                       has_table_privilege(c.oid, 'INSERT'),
                       has_table_privilege(c.oid, 'UPDATE')
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?
                """, row -> table(name, row), name.schema(), name.name());
    }

    private Table table(QualifiedName name, ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        Map<String, Table.UniqueIndex> indexes = uniqueIndexes(oid);
        return new Table(
                oid,
                name,
                Table.Kind.of(row.getString(2)),
                columns(oid),
                primaryKey(oid),
                new ArrayList<>(indexes.values()),
                foreignKeys(oid),
                triggers(oid),
                row.getBoolean(3),
                new Table.Privileges(row.getString(4), row.getBoolean(5), row.getBoolean(6), row.getBoolean(7)));
    }

    private List<Column> columns(long oid) {
        return session.query("""
                SELECT a.attname,
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
                       format_type(b.oid, bottom.mod)
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
                WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
                """, Catalog::column, oid);
    }

    private static Column column(ResultSet row) throws SQLException {
        Type type = new Type(
                row.getString(2),
                row.getString(19),
                new QualifiedName(row.getString(3), row.getString(4)),
                row.getBoolean(6) ? Type.Kind.ARRAY : kind(row.getString(5)),
                name(row, 7),
                name(row, 9),
                row.getBoolean(11),
                row.getBoolean(12));
        Column.Identity identity = switch (row.getString(15)) {
            case "a" -> Column.Identity.ALWAYS;
            case "d" -> Column.Identity.BY_DEFAULT;
            default -> Column.Identity.NONE;
        };
        return new Column(
                row.getString(1),
                type,
                row.getBoolean(13),
                row.getBoolean(14),
                identity,
                row.getBoolean(16),
                name(row, 17));
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

    private List<String> primaryKey(long oid) {
        return session.query("""
                SELECT a.attname
                FROM pg_index i
                CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE i.indrelid = ?::oid AND i.indisprimary AND k.n <= i.indnkeyatts
                ORDER BY k.n
                """, row -> row.getString(1), oid);
    }

    private Map<String, Table.UniqueIndex> uniqueIndexes(long oid) {
        Map<String, Table.UniqueIndex> indexes = new LinkedHashMap<>();
        session.query(
                """
                SELECT c.relname,
                       CASE WHEN i.indexprs IS NULL THEN ARRAY(
                           SELECT a.attname::text
                           FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n)
                           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                           WHERE k.n <= i.indnkeyatts
                           ORDER BY k.n) ELSE '{}'::text[] END,
                       i.indpred IS NOT NULL,
                       i.indimmediate
                FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = ?::oid AND i.indisunique AND i.indisvalid
                ORDER BY NOT i.indisprimary, c.relname
                """,
                row -> indexes.put(
                        row.getString(1),
                        new Table.UniqueIndex(row.getString(1), texts(row, 2), row.getBoolean(3), row.getBoolean(4))),
                oid);
        return indexes;
    }

    private List<Table.ForeignKey> foreignKeys(long oid) {
        return session.query(
                """
                SELECT con.conname,
                       ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k(attnum, n)
                             JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum ORDER BY k.n),
                       n.nspname, p.relname,
                       ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k(attnum, n)
                             JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.attnum ORDER BY k.n),
                       con.condeferrable
                FROM pg_constraint con
                JOIN pg_class p ON p.oid = con.confrelid
                JOIN pg_namespace n ON n.oid = p.relnamespace
                WHERE con.conrelid = ?::oid AND con.contype = 'f' AND NOT p.relispartition
                ORDER BY con.conname
                """,
                row -> new Table.ForeignKey(
                        row.getString(1),
                        texts(row, 2),
                        new QualifiedName(row.getString(3), row.getString(4)),
                        texts(row, 5),
                        row.getBoolean(6)),
                oid);
    }

    // tgtype: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h
    private List<Table.Trigger> triggers(long oid) {
        return session.query(
                """
                SELECT t.tgname, p.proname, (t.tgtype::int & 2) <> 0, (t.tgtype::int & 4) <> 0, (t.tgtype::int & 16) <> 0
                FROM pg_trigger t
                JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE t.tgrelid = ?::oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
                ORDER BY t.tgname
                """,
                row -> new Table.Trigger(
                        row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5)),
                oid);
    }

    private static List<String> texts(ResultSet row, int at) throws SQLException {
        Array array = row.getArray(at);
        return List.of((String[]) array.getArray());
    }
}
