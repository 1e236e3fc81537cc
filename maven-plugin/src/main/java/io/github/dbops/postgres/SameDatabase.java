package io.github.dbops.postgres;

import java.security.SecureRandom;

/**
 * Whether two sessions are in one database: a random advisory lock taken in the one is looked for from the other. Names
 * and addresses prove nothing: tunnels, poolers and DNS lead everywhere.
 */
public final class SameDatabase {

    private SameDatabase() {}

    /** Asks; the first session must be inside a transaction, at whose end the lock goes. */
    public static boolean areOne(Session one, Session other) {
        int key = new SecureRandom().nextInt();
        one.one("SELECT pg_advisory_xact_lock(?, 0)", row -> true, key);
        return other.one("""
                SELECT EXISTS (
                    SELECT FROM pg_locks
                    WHERE locktype = 'advisory' AND objsubid = 2 AND objid = 0
                      AND classid::bigint = (?::bigint & 4294967295)
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                """, row -> row.getBoolean(1), (long) key);
    }
}
