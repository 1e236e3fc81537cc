package io.github.dbops.postgres.embedded;

import io.github.dbops.env.DatabaseUrl;

/** A server that runs until it is closed, or until the process ends. Its data stays for the next run. */
public final class EmbeddedServer implements AutoCloseable {

    private final DatabaseUrl.Server url;
    private final PostgresLibrary.Running running;
    private final PostgresLibrary library;
    private final FolderLock lock;
    private final Thread closer = new Thread(this::stop, "dbops-embedded-closer");

    EmbeddedServer(DatabaseUrl.Server url, PostgresLibrary.Running running, PostgresLibrary library, FolderLock lock) {
        this.url = url;
        this.running = running;
        this.library = library;
        this.lock = lock;
        Runtime.getRuntime().addShutdownHook(closer);
    }

    /** The running server's address, its superuser and the password that only this machine's user can read. */
    public DatabaseUrl.Server url() {
        return url;
    }

    /** Stops the server with a fast shutdown; everything committed is on disk, and no process is left. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook finds nothing left to do.
        }
    }

    private synchronized void stop() {
        running.stop();
        library.close();
        lock.release();
    }
}
