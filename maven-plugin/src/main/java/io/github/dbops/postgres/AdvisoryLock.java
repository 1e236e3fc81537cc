package io.github.dbops.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An advisory lock that keeps runs of dbops on one database apart. Polled, not waited for in the server, so that who
 * waits can be told who holds it, and no transaction with an old snapshot stands around.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">Advisory Locks</a>
 */
public final class AdvisoryLock {

    /** "dbops:sy" in ASCII: the same for every version of dbops, so that two of them exclude each other. */
    public static final AdvisoryLock SYNC = new AdvisoryLock(0x64626F70733A7379L, "Another run of dbops");

    /** Prisma's own, so that Prisma and dbops exclude each other. */
    public static final AdvisoryLock PRISMA = new AdvisoryLock(72707369L, "Another run of Prisma or dbops");

    /** "dbops:fw": taken outside Flyway's own lock, which does not say who holds it. */
    public static final AdvisoryLock FLYWAY = new AdvisoryLock(0x64626F70733A6677L, "Another run of dbops");

    private static final Duration POLL = Duration.ofMillis(250);

    private final long key;
    private final String others;

    /** Flyway's own lock at session level; its key depends on the history table's name. */
    public static AdvisoryLock flyway(long key) {
        return new AdvisoryLock(key, "Flyway");
    }

    private AdvisoryLock(long key, String others) {
        this.key = key;
        this.others = others;
    }

    /**
     * Takes the lock for the session, outside any transaction.
     *
     * @param session must not be in a transaction
     * @param patience how long to poll; shorter than a quarter of a second: ask once
     * @param narrator told once who holds it
     * @throws io.github.dbops.problem.ProblemException (LOCK_NOT_OBTAINED)
     */
    public void acquire(Session session, Duration patience, Consumer<String> narrator) {
        boolean[] told = {false};
        boolean held = Failsafe.with(polling(patience)).get(() -> {
            boolean got = session.one("SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), key);
            if (!got && !told[0]) {
                told[0] = true;
                narrator.accept(others + " holds the lock on " + session.database() + ": "
                        + holder(session).orElse("a session that this role may not see") + ". Waiting up to "
                        + patience.toSeconds() + " s.");
            }
            return got;
        });
        if (!held) {
            throw Problem.of(
                            Code.LOCK_NOT_OBTAINED,
                            others + " holds the lock on " + session.database() + ".",
                            "Held by " + holder(session).orElse("a session that this role may not see")
                                    + ", and not freed within " + patience.toSeconds() + " s.",
                            "Wait for that run to end, or end its session: SELECT pg_terminate_backend(PID);")
                    .exception();
        }
    }

    // With handleResult alone, Failsafe would ask a lost session again and again too.
    private static RetryPolicy<Boolean> polling(Duration patience) {
        RetryPolicyBuilder<Boolean> polling = RetryPolicy.<Boolean>builder()
                .handleIf((held, failure) -> failure == null && !held)
                .withDelay(POLL)
                .withMaxAttempts(1);
        // Failsafe takes no duration that is shorter than the delay: who has no patience asks once.
        return patience.compareTo(POLL) > 0
                ? polling.withMaxAttempts(-1).withMaxDuration(patience).build()
                : polling.build();
    }

    /** Takes the same key for the transaction; the caller's session holds it already, so this never waits. */
    public void keepForTransaction(Session session) {
        session.one("SELECT pg_advisory_xact_lock(?)", row -> true, key);
    }

    /** Gives the session's hold back; a transaction's hold stays until its end. */
    public void release(Session session) {
        session.one("SELECT pg_advisory_unlock(?)", row -> row.getBoolean(1), key);
    }

    /** Who holds it, for people, as far as privileges show it; empty where nobody does. */
    public Optional<String> holder(Session session) {
        return session.first(
                """
                SELECT l.pid, a.usename, a.application_name, a.client_addr::text,
                       to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')
                FROM pg_locks l
                LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND l.classid::bigint = (? >> 32) AND l.objid::bigint = (? & 4294967295)
                """,
                row -> "PID " + row.getInt(1) + words(" of role ", row.getString(2)) + words(", ", row.getString(3))
                        + words(", from ", row.getString(4)) + words(", connected since ", row.getString(5)),
                key,
                key);
    }

    private static String words(String before, String value) {
        return value == null || value.isEmpty() ? "" : before + value;
    }
}
