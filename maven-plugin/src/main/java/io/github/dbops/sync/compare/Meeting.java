package io.github.dbops.sync.compare;

import io.github.dbops.sync.Side;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where rows meet that both sides stream at about the same time. Those whose hashes agree are counted and forgotten, so that
 * tables that lie in the same order need neither files nor a search afterwards. A side that is ahead waits for the other one;
 * where they lie in different orders, all rows soon go the long way, as those do that meet nobody. Only for sides neither of
 * which has a key twice. The rows of a side come from a thread of its own.
 */
final class Meeting {

    /** So many rows of a side wait; they take a bit more than a megabyte. */
    static final int WAITING = 1 << 15;

    /** So many rows may come in vain. */
    static final int TRIAL = 1 << 13;

    private static final int AT_ONCE = 512;

    private final Lock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Entrance source;
    private final Entrance target;
    private long met;
    private boolean over;

    /**
     * A meeting to which nobody has come.
     *
     * @param restOfSource gets the source's rows that meet nobody
     * @param restOfTarget gets the target's
     */
    Meeting(HashedRows restOfSource, HashedRows restOfTarget) {
        source = new Entrance(restOfSource);
        target = new Entrance(restOfTarget);
    }

    /** Where a side's rows come in. */
    HashedRows entrance(Side side) {
        return entranceOf(side);
    }

    private Entrance entranceOf(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** No more rows come from a side, whether it has come to its end or failed: nobody need wait for it. */
    void closed(Side side) {
        entranceOf(side).close();
    }

    /** Ends it, when both sides are closed; returns how many rows of either side have met one of the other. */
    long end() {
        leave();
        return met;
    }

    // Either thread may do it, because the other one passes rows on only while it holds the lock, until it is over.
    private void leave() {
        source.waiting.leave(source.rest);
        target.waiting.leave(target.rest);
    }

    /** Whether at least half of the rows of the side that is behind have met theirs. */
    private boolean isWorthWaiting() {
        return 2 * met >= Math.min(source.entered, target.entered) - TRIAL;
    }

    /** Lets one side's rows in, many at once, because the other side must not come in meanwhile. */
    private final class Entrance implements HashedRows {

        private final WaitingRows waiting = new WaitingRows(WAITING);
        private final HashedRows rest;
        private final long[] rows = new long[AT_ONCE * RowHashes.WIDTH];
        private int length;
        private long entered;
        private boolean closed;
        private boolean passing;

        Entrance(HashedRows rest) {
            this.rest = rest;
        }

        @Override
        public void row(long key, long hash, long tuple, long relation) {
            if (passing) {
                rest.row(key, hash, tuple, relation);
                return;
            }
            rows[length] = key;
            rows[length + 1] = hash;
            rows[length + 2] = tuple;
            rows[length + 3] = relation;
            length += RowHashes.WIDTH;
            if (length == rows.length) {
                enter();
            }
        }

        private Entrance other() {
            return this == source ? target : source;
        }

        private void enter() {
            lock.lock();
            try {
                meet();
                if (waiting.size() > WAITING) {
                    awaitOther();
                }
                if (waiting.size() > WAITING && !over) {
                    over = !isWorthWaiting();
                    leave();
                    change.signalAll();
                }
                passing = over;
            } finally {
                lock.unlock();
            }
        }

        private void meet() {
            for (int at = 0; at < length; at += RowHashes.WIDTH) {
                if (other().waiting.take(rows[at], rows[at + 1])) {
                    met++;
                } else {
                    waiting.row(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]);
                }
            }
            entered += length / RowHashes.WIDTH;
            length = 0;
            change.signalAll();
        }

        // Where both have many rows waiting they are not waiting for each other.
        private void awaitOther() {
            while (waiting.size() > WAITING / 2
                    && other().waiting.size() <= WAITING
                    && !other().closed
                    && !over
                    && isWorthWaiting()) {
                change.awaitUninterruptibly();
            }
        }

        void close() {
            lock.lock();
            try {
                meet();
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
