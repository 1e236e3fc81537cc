package io.github.dbops.sync;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Session;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * All rows of the source for a table that has none in the target: they may be copied straight into it, and are there when the
 * table has the source's fingerprint.
 *
 * @param fingerprint the target's query for it: the number of rows, and the sum of their hashes
 * @param rows how many there must be
 * @param carriesWholeRows the hashes are those of {@link WholeRow}: no column of the target is left out
 * @param source asks the source, beside what its asker does, for its own fingerprint; its session must be left alone until
 *     the answer is there
 */
public record WholeLoad(
        String fingerprint, long rows, boolean carriesWholeRows, Supplier<CompletableFuture<Fingerprint>> source) {

    /**
     * What rows a table has. The same rows have the same; others differ in 64 bits by chance alone.
     *
     * @param rows how many
     * @param sum of their hashes, modulo 2<sup>64</sup>
     */
    public record Fingerprint(long rows, long sum) {

        /** What a session finds by a query for both. */
        public static Fingerprint of(Session session, String query) {
            return CopyRows.single(
                    session, query, row -> new Fingerprint(row.int8(0), new BigInteger(row.text(1)).longValue()));
        }
    }
}
