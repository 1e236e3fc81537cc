package io.github.dbops.postgres;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a transaction has done to each table so far, from the server's own books. Pending numbers of earlier transactions
 * on the connection are still in {@code pg_stat_xact_*}, so what this transaction did is the difference from a reading
 * taken at its start; and because a TRUNCATE shows in no counter, the transaction's own locks are read too.
 *
 * @param counts rows inserted, updated and deleted, by table; partitions under their root
 * @param locked tables on which the transaction holds a lock that writing takes
 * @param seized those of them that it has to itself, as TRUNCATE and ALTER TABLE take it
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">The Cumulative Statistics System</a>
 */
public record Writes(Map<QualifiedName, Counts> counts, Set<QualifiedName> locked, Set<QualifiedName> seized) {

    /** Reads the books; dbops' own, temporary and system tables are left out. */
    public static Writes read(Session session) {
        Map<QualifiedName, Counts> counts = new HashMap<>();
        session.query(
                """
                SELECT n.nspname, c.relname, sum(s.n_tup_ins), sum(s.n_tup_upd), sum(s.n_tup_del)
                FROM pg_stat_xact_user_tables s
                JOIN pg_class c ON c.oid = coalesce(pg_partition_root(s.relid), s.relid)
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0
                  AND n.nspname <> 'dbops' AND c.relpersistence <> 't'
                GROUP BY 1, 2
                """,
                row -> counts.put(
                        new QualifiedName(row.getString(1), row.getString(2)),
                        new Counts(row.getLong(3), row.getLong(4), row.getLong(5))));
        Set<QualifiedName> locked = new HashSet<>();
        Set<QualifiedName> seized = new HashSet<>();
        session.query("""
                SELECT n.nspname, c.relname, bool_or(l.mode = 'AccessExclusiveLock')
                FROM pg_locks l
                JOIN pg_class p ON p.oid = l.relation
                JOIN pg_class c ON c.oid = coalesce(pg_partition_root(p.oid), p.oid)
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND l.mode IN ('RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
                                 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                  AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'dbops')
                GROUP BY 1, 2
                """, row -> {
            QualifiedName table = new QualifiedName(row.getString(1), row.getString(2));
            return locked.add(table) && row.getBoolean(3) && seized.add(table);
        });
        return new Writes(counts, locked, seized);
    }

    /** What happened to a table between an earlier reading and this one. */
    public Counts since(Writes start, QualifiedName table) {
        return counts.getOrDefault(table, Counts.NONE).minus(start.counts.getOrDefault(table, Counts.NONE));
    }

    /** Every table that either reading knows of. */
    public Set<QualifiedName> tables(Writes start) {
        Set<QualifiedName> all = new HashSet<>(counts.keySet());
        all.addAll(start.counts.keySet());
        all.addAll(locked);
        return all;
    }

    /**
     * Rows written.
     *
     * @param inserted by INSERT or COPY
     * @param updated by UPDATE
     * @param deleted by DELETE
     */
    public record Counts(long inserted, long updated, long deleted) {

        /** Nothing was written. */
        public static final Counts NONE = new Counts(0, 0, 0);

        Counts minus(Counts earlier) {
            return new Counts(inserted - earlier.inserted, updated - earlier.updated, deleted - earlier.deleted);
        }

        /** Whether nothing was written. */
        public boolean isNothing() {
            return is(0, 0, 0);
        }

        /** Whether just so many rows were inserted, updated and deleted. */
        public boolean is(long wantedInserts, long wantedUpdates, long wantedDeletes) {
            return inserted == wantedInserts && updated == wantedUpdates && deleted == wantedDeletes;
        }

        @Override
        public String toString() {
            return inserted + " inserted, " + updated + " updated, " + deleted + " deleted";
        }
    }
}
