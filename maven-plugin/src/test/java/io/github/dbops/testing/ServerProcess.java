package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl.Host;
import io.github.dbops.env.Secret;
import org.jspecify.annotations.Nullable;

/** What runs a test's PostgreSQL: binaries on this machine, or a container. */
interface ServerProcess {

    /** Starts it, on the data it has if it ran before. */
    void start();

    /** Ends all sessions and writes everything down: a fast shutdown. */
    void stop();

    /** SIGKILL to the postmaster; returns when no process of the server is left. */
    void kill();

    /** Where it listens since its last start. */
    Host host();

    /** The superuser. */
    String user();

    /** The superuser's password; null where the server trusts everyone. */
    @Nullable
    Secret password();

    /** Stops it and deletes its data. */
    void remove();
}
