package io.github.dbops.sync;

import io.github.dbops.postgres.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The two sessions of a sync, each inside its own transaction, and the thread that lets both servers work at once. */
public final class Sides implements AutoCloseable {

    private final Session source;
    private final Session target;
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "dbops-source");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Two sessions; they stay the caller's to close.
     *
     * @param source where rows come from
     * @param target where they go
     */
    public Sides(Session source, Session target) {
        this.source = source;
        this.target = target;
    }

    /** Where rows come from. */
    public Session source() {
        return source;
    }

    /** Where they go. */
    public Session target() {
        return target;
    }

    /** The session of a side. */
    public Session session(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** Does the same on both sides at once; the first failure wins, the other is suppressed in it. */
    public <T> Both<T> both(BiFunction<Side, Session, T> work) {
        CompletableFuture<T> sourceWork = beside(session -> work.apply(Side.SOURCE, session));
        T targetResult;
        try {
            targetResult = work.apply(Side.TARGET, target);
        } catch (RuntimeException targetFailure) {
            // The source's session may be used again only when its work has ended.
            sourceWork
                    .exceptionally(sourceFailure -> {
                        targetFailure.addSuppressed(sourceFailure);
                        return null;
                    })
                    .join();
            throw targetFailure;
        }
        try {
            return new Both<>(sourceWork.join(), targetResult);
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** Works in the source's session, which must be left alone until that is done. */
    public <T> CompletableFuture<T> beside(Function<Session, T> work) {
        return CompletableFuture.supplyAsync(() -> work.apply(source), background);
    }

    @Override
    public void close() {
        background.shutdownNow();
    }

    /**
     * What was found on each side.
     *
     * @param source the source's
     * @param target the target's
     */
    public record Both<T>(T source, T target) {}
}
