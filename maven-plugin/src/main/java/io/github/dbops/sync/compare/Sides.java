package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * The two sessions of a sync, each inside its own transaction.
 *
 * @param source where rows come from
 * @param target where they go
 * @param background runs the source's half while the caller's thread runs the target's
 */
record Sides(Session source, Session target, Executor background) {

    Session session(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** Does the same on both sides at once; the first failure wins, the other is suppressed in it. */
    <T> Both<T> both(BiFunction<Side, Session, T> work) {
        CompletableFuture<T> sourceWork =
                CompletableFuture.supplyAsync(() -> work.apply(Side.SOURCE, source), background);
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

    /**
     * What was found on each side.
     *
     * @param source the source's
     * @param target the target's
     */
    record Both<T>(T source, T target) {}
}
