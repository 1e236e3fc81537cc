package io.github.dbops.migration.flyway;

import io.github.dbops.migration.EngineTarget;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;

/** A session that holds dbops' lock around Flyway's. */
final class LockedSession {

    private LockedSession() {}

    /**
     * Connects and takes the lock; the lock ends with the session.
     *
     * @throws io.github.dbops.problem.ProblemException UNREACHABLE, TARGET_IS_STANDBY, POOLER_IN_THE_WAY,
     *     LOCK_NOT_OBTAINED
     */
    static Session open(EngineTarget target) {
        Session session = target.connector().open(target.url());
        try {
            mayBeWritten(session);
            // It stands idle while migrations run: when this machine is gone without a word, its lock ends in minutes.
            session.execute(
                    "SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 6");
            AdvisoryLock.FLYWAY.acquire(session, target.settings().patience(), target.progress()::say);
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private static void mayBeWritten(Session session) {
        if (session.traits().standby()) {
            throw Problem.of(
                            Code.TARGET_IS_STANDBY,
                            "The target " + session.database() + " is a standby.",
                            "It is in recovery and reads only; a status may use it, a deploy may not.",
                            "Name the primary in the target's URL.")
                    .exception();
        }
        if (session.traits().pooled()) {
            throw Problem.of(
                            Code.POOLER_IN_THE_WAY,
                            "A transaction pooler stands in front of the target " + session.database() + ".",
                            "Flyway needs one session for its lock; behind such a pooler every transaction may get"
                                    + " another one.",
                            "Give the direct URL as DIRECT_URL in the env file,",
                            "or, if the pooler keeps sessions (pool_mode = session): -Ddbops.pooler=session")
                    .exception();
        }
    }
}
