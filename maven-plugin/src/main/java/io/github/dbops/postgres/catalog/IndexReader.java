package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.TableReader.Grouped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads primary keys, unique indexes and exclusion constraints. */
final class IndexReader {

    private final Session session;

    IndexReader(Session session) {
        this.session = session;
    }

    Grouped<String> primaryKeys(List<String> tables) {
        Grouped<String> keys = new Grouped<>();
        session.query("""
                SELECT i.indrelid::bigint, a.attname
                FROM pg_index i
                CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE i.indrelid = ANY (?::oid[]) AND i.indisprimary AND k.n <= i.indnkeyatts
                ORDER BY i.indrelid, k.n
                """, row -> keys.add(row.getLong(1), row.getString(2)), tables);
        return keys;
    }

    // Rows collide by equality as the index's operator class knows it (strategy 3 of a btree), or by the operators of
    // an exclusion constraint. indnullsnotdistinct is there since 15:
    // https://www.postgresql.org/docs/15/release-15.html
    Grouped<UniqueIndex> unique(List<String> tables) {
        Grouped<UniqueIndex> indexes = new Grouped<>();
        session.query("""
                SELECT i.indrelid::bigint, c.relname, e.columns, e.expressions, e.schemas, e.symbols,
                       pg_get_expr(i.indpred, i.indrelid),
                       ARRAY(SELECT a.attname::text
                             FROM pg_depend d
                             JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                             WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                               AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                               AND d.refobjsubid > 0),
                       i.indimmediate,
                       coalesce(con.condeferrable, false),
                       NOT coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
                       NOT i.indisunique OR con.conexclop IS NOT NULL
                FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.conrelid = i.indrelid
                                           AND con.contype IN ('p', 'u', 'x')
                CROSS JOIN LATERAL (
                    SELECT array_agg(a.attname::text ORDER BY k.n) AS columns,
                           array_agg(pg_get_indexdef(i.indexrelid, k.n::int, false) ORDER BY k.n) AS expressions,
                           array_agg(coalesce(n.nspname, 'pg_catalog')::text ORDER BY k.n) AS schemas,
                           array_agg(coalesce(o.oprname, '=')::text ORDER BY k.n) AS symbols
                    FROM unnest(i.indkey::int2[], i.indclass::oid[]) WITH ORDINALITY k(attnum, class, n)
                    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
                    LEFT JOIN pg_opclass oc ON oc.oid = k.class
                    LEFT JOIN pg_amop ao ON ao.amopfamily = oc.opcfamily AND ao.amopstrategy = 3
                                        AND ao.amoplefttype = oc.opcintype AND ao.amoprighttype = oc.opcintype
                    LEFT JOIN pg_operator o ON o.oid = coalesce(con.conexclop[k.n], ao.amopopr)
                    LEFT JOIN pg_namespace n ON n.oid = o.oprnamespace
                    WHERE k.n <= i.indnkeyatts) e
                WHERE i.indrelid = ANY (?::oid[]) AND (i.indisunique OR con.contype = 'x') AND i.indisvalid
                ORDER BY NOT i.indisprimary, c.relname
                """, row -> indexes.add(row.getLong(1), index(row)), tables);
        return indexes;
    }

    private static UniqueIndex index(ResultSet row) throws SQLException {
        List<String> columns = Texts.of(row, 3);
        List<String> expressions = Texts.of(row, 4);
        List<String> schemas = Texts.of(row, 5);
        List<String> symbols = Texts.of(row, 6);
        List<UniqueIndex.Element> elements = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            String column = columns.get(i);
            elements.add(new UniqueIndex.Element(
                    column.isEmpty() ? Optional.empty() : Optional.of(column),
                    expressions.get(i),
                    new Operator(schemas.get(i), symbols.get(i))));
        }
        List<String> read = new ArrayList<>(Texts.of(row, 8));
        elements.forEach(element -> element.column().ifPresent(read::add));
        return new UniqueIndex(
                row.getString(2),
                elements,
                Optional.ofNullable(row.getString(7)),
                Set.copyOf(read),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getBoolean(11),
                row.getBoolean(12));
    }
}
