package io.github.dbops.migration.prisma;

import io.github.dbops.migration.EngineTarget;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A session that holds Prisma's lock, and can be had anew when its connection is lost. */
final class LockedSession implements AutoCloseable {

    private final EngineTarget target;
    private @Nullable Session session;
    private @Nullable SessionState state;
    private int opened;

    LockedSession(EngineTarget target) {
        this.target = target;
    }

    /**
     * Connects and takes the lock; a session from before is given up. When the lock is had, a lost session has ended,
     * and so has whatever it was doing.
     *
     * @throws io.github.dbops.problem.ProblemException UNREACHABLE, TARGET_IS_STANDBY, POOLER_IN_THE_WAY,
     *     LOCK_NOT_OBTAINED
     */
    void open() {
        if (session != null) {
            session.close();
        }
        Session fresh = target.connector().openForScripts(target.url());
        session = fresh;
        mayBeWritten(fresh);
        AdvisoryLock.PRISMA.acquire(fresh, target.settings().patience(), target.progress()::say);
        state = SessionState.of(
                fresh, target.settings().lockTimeout(), target.url().schema());
        opened++;
    }

    /**
     * Takes the lock once more, for a script may have given it away.
     *
     * @throws io.github.dbops.problem.ProblemException LOCK_NOT_OBTAINED
     */
    void lockAgain() {
        AdvisoryLock.PRISMA.acquire(session(), target.settings().patience(), target.progress()::say);
        opened++;
    }

    /** Whether somebody else may have held the lock since it was first taken. */
    boolean wasLost() {
        return opened > 1;
    }

    Session session() {
        if (session == null) {
            throw new IllegalStateException("not opened");
        }
        return session;
    }

    SessionState state() {
        if (state == null) {
            throw new IllegalStateException("not opened");
        }
        return state;
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
                            "Migrations need one session for their lock; behind such a pooler every transaction may get"
                                    + " another one.",
                            "Give the direct URL as DIRECT_URL in the env file,",
                            "or, if the pooler keeps sessions (pool_mode = session): -Ddbops.pooler=session")
                    .exception();
        }
    }

    @Override
    public void close() {
        if (session != null) {
            try {
                AdvisoryLock.PRISMA.release(session);
            } catch (SqlFailure gone) {
                // Then the lock is gone too: it ends with its session.
            }
            session.close();
        }
    }
}
