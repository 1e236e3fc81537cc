package io.github.dbops.command;

import io.github.dbops.postgres.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session with each of the two databases.
 *
 * @param source where rows come from
 * @param target where they go
 */
record OpenDatabases(Session source, Session target) implements AutoCloseable {

    /** Opens both at once: of a small run that is the larger part. The first failure wins, and leaves none open. */
    static OpenDatabases of(Supplier<Session> source, Supplier<Session> target) {
        CompletableFuture<Session> sourceOpening = CompletableFuture.supplyAsync(source, OpenDatabases::start);
        Session opened;
        try {
            opened = target.get();
        } catch (RuntimeException failure) {
            closeLate(sourceOpening, failure);
            throw failure;
        }
        try {
            return new OpenDatabases(sourceOpening.join(), opened);
        } catch (CompletionException failure) {
            opened.close();
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "dbops-connect");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeLate(CompletableFuture<Session> opening, RuntimeException failure) {
        Session opened =
                opening.exceptionally(also -> suppressed(failure, also)).join();
        if (opened != null) {
            opened.close();
        }
    }

    private static @Nullable Session suppressed(RuntimeException failure, Throwable also) {
        failure.addSuppressed(also);
        return null;
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
