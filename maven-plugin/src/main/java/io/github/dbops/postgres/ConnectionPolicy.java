package io.github.dbops.postgres;

import java.time.Duration;

/**
 * How sessions are opened and how long they wait; spec section 3.
 *
 * @param lockTimeout the server's {@code lock_timeout} in a session
 * @param attempts how often a connection is tried in all
 * @param within the time within which attempts must have begun
 * @param pooler what is said of a pooler in between
 */
public record ConnectionPolicy(Duration lockTimeout, int attempts, Duration within, Pooler pooler) {

    /** Lock timeout 5 s, 5 attempts within 2 minutes, poolers detected. */
    public static final ConnectionPolicy DEFAULT =
            new ConnectionPolicy(Duration.ofSeconds(5), 5, Duration.ofMinutes(2), Pooler.DETECT);

    /** Whether a transaction pooler stands between dbops and the server. */
    public enum Pooler {
        /** Decided by the URL and by the backend's PID. */
        DETECT,
        /** The operator says that a session stays with its server connection. */
        SESSION
    }
}
