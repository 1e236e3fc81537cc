package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.Session;
import java.util.List;

/**
 * What a failed CONCURRENTLY leaves: an index that costs on every write and serves no query.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY">Building
 *     Indexes Concurrently</a>
 */
final class InvalidIndexes {

    private InvalidIndexes() {}

    /** The statements that drop those of the database that nobody is building now. */
    static List<String> drops(Session session) {
        return session.query("""
                SELECT format('DROP INDEX CONCURRENTLY %I.%I;', n.nspname, c.relname)
                FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE NOT i.indisvalid AND c.relkind = 'i'
                  AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)
                ORDER BY 1
                """, row -> row.getString(1));
    }
}
