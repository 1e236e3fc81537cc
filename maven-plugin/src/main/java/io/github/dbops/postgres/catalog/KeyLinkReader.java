package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Reads the foreign keys of the whole database that have an end in some tables. */
final class KeyLinkReader {

    private final Session session;

    KeyLinkReader(Session session) {
        this.session = session;
    }

    // What a partition has from its root, or a foreign key has for each partition that it references, has a parent
    // (conparentid) and says nothing new. NOT ENFORCED and PERIOD came with 18: their columns are asked for through
    // JSON.
    List<KeyLink> read(Collection<Table> tables) {
        List<String> oids =
                tables.stream().map(table -> Long.toString(table.oid())).toList();
        return session.query("""
                SELECT con.conname, con.condeferrable, con.convalidated,
                       coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true),
                       coalesce((to_jsonb(con) ->> 'conperiod')::boolean, false),
                       con.confdeltype IN ('c', 'n', 'd'), con.confupdtype IN ('c', 'n', 'd'),
                       child.schema, child.name, child.root_schema, child.root, child.partitioned, child.readable,
                       child.columns,
                       parent.schema, parent.name, parent.root_schema, parent.root, parent.partitioned, parent.readable,
                       parent.columns
                FROM pg_constraint con
                CROSS JOIN LATERAL (
                    SELECT n.nspname AS schema, c.relname AS name, rn.nspname AS root_schema, r.relname AS root,
                           r.oid AS root_oid, c.relkind = 'p' AS partitioned,
                           has_schema_privilege(n.oid, 'USAGE')
                               AND (SELECT bool_and(has_column_privilege(c.oid, k, 'SELECT')) FROM unnest(con.conkey) k)
                               AS readable,
                           ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k(attnum, n)
                                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                                 ORDER BY k.n) AS columns
                    FROM pg_class c
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid), c.oid)
                    JOIN pg_namespace rn ON rn.oid = r.relnamespace
                    WHERE c.oid = con.conrelid) child
                CROSS JOIN LATERAL (
                    SELECT n.nspname AS schema, c.relname AS name, rn.nspname AS root_schema, r.relname AS root,
                           r.oid AS root_oid, c.relkind = 'p' AS partitioned,
                           has_schema_privilege(n.oid, 'USAGE')
                               AND (SELECT bool_and(has_column_privilege(c.oid, k, 'SELECT')) FROM unnest(con.confkey) k)
                               AS readable,
                           ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k(attnum, n)
                                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                                 ORDER BY k.n) AS columns
                    FROM pg_class c
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid), c.oid)
                    JOIN pg_namespace rn ON rn.oid = r.relnamespace
                    WHERE c.oid = con.confrelid) parent
                WHERE con.contype = 'f' AND con.conparentid = 0
                  AND (child.root_oid = ANY (?::oid[]) OR parent.root_oid = ANY (?::oid[]))
                ORDER BY child.schema, child.name, con.conname
                """, KeyLinkReader::link, oids, oids);
    }

    private static KeyLink link(ResultSet row) throws SQLException {
        KeyLink.End child = end(row, 8);
        KeyLink.End parent = end(row, 15);
        boolean enforced = row.getBoolean(4);
        ForeignKey key = new ForeignKey(
                row.getString(1),
                Texts.of(row, 14),
                parent.root(),
                Texts.of(row, 21),
                row.getBoolean(2),
                row.getBoolean(3) && enforced,
                row.getBoolean(5));
        return new KeyLink(key, child, parent, enforced, new KeyLink.Acting(row.getBoolean(6), row.getBoolean(7)));
    }

    private static KeyLink.End end(ResultSet row, int first) throws SQLException {
        return new KeyLink.End(
                new QualifiedName(row.getString(first), row.getString(first + 1)),
                new QualifiedName(row.getString(first + 2), row.getString(first + 3)),
                row.getBoolean(first + 4),
                row.getBoolean(first + 5));
    }
}
