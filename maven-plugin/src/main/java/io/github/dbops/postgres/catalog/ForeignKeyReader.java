package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.TableReader.Grouped;
import java.util.List;

/** Reads the foreign keys that tables declare. */
final class ForeignKeyReader {

    private final Session session;

    ForeignKeyReader(Session session) {
        this.session = session;
    }

    // A foreign key to a partitioned table has one row more for each partition (conparentid): only the one that was
    // declared counts. NOT ENFORCED and PERIOD came with 18, so their columns are asked for through JSON.
    Grouped<ForeignKey> read(List<String> tables) {
        Grouped<ForeignKey> keys = new Grouped<>();
        session.query(
                """
                SELECT con.conrelid::bigint, con.conname,
                       ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k(attnum, n)
                             JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum ORDER BY k.n),
                       n.nspname, p.relname,
                       ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k(attnum, n)
                             JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.attnum ORDER BY k.n),
                       con.condeferrable,
                       con.convalidated AND coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true),
                       coalesce((to_jsonb(con) ->> 'conperiod')::boolean, false)
                FROM pg_constraint con
                JOIN pg_class p ON p.oid = coalesce(pg_partition_root(con.confrelid), con.confrelid)
                JOIN pg_namespace n ON n.oid = p.relnamespace
                WHERE con.conrelid = ANY (?::oid[]) AND con.contype = 'f'
                  AND NOT EXISTS (SELECT FROM pg_constraint up
                                  WHERE up.oid = con.conparentid AND up.conrelid = con.conrelid)
                ORDER BY con.conname
                """,
                row -> keys.add(
                        row.getLong(1),
                        new ForeignKey(
                                row.getString(2),
                                Texts.of(row, 3),
                                new QualifiedName(row.getString(4), row.getString(5)),
                                Texts.of(row, 6),
                                row.getBoolean(7),
                                row.getBoolean(8),
                                row.getBoolean(9))),
                tables);
        return keys;
    }
}
