package io.github.dbops.testing;

import java.util.Random;

/** Tries a law on many random cases. A failure names its seed; {@code -Ddbops.seed=N} runs that case alone. */
public final class Property {

    private Property() {}

    /** A law that holds for whatever the generator draws; an assertion or an exception refutes it. */
    @FunctionalInterface
    public interface Law {
        /** Draws one case and checks it. */
        void check(Random random) throws Exception;
    }

    /**
     * Checks a law with the seeds 0 to {@code seedCount - 1}, or with the one that {@code -Ddbops.seed} names.
     *
     * @throws AssertionError for the first seed that refutes the law, with the refutation as its cause
     */
    public static void forAll(int seedCount, Law law) {
        Long replayed = Long.getLong("dbops.seed");
        long first = replayed == null ? 0 : replayed;
        long last = replayed == null ? seedCount - 1L : replayed;
        for (long seed = first; seed <= last; seed++) {
            try {
                law.check(new Random(seed));
            } catch (Exception | AssertionError refutation) {
                throw new AssertionError(
                        "refuted by seed " + seed + ", replay it with -Ddbops.seed=" + seed + ": " + refutation,
                        refutation);
            }
        }
    }
}
