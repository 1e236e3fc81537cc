package io.github.dbops.sync.apply;

import io.github.dbops.postgres.CopyWriter;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WholeLoad;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table that had none, copied straight into it in the order of their keys, so that the key's index grows at one
 * end.
 */
final class DirectCopy {

    private final TableDifference difference;
    private final WholeLoad load;
    private int longestKey;
    private @Nullable CompletableFuture<WholeLoad.Fingerprint> asked;
    private WholeLoad.@Nullable Fingerprint found;

    DirectCopy(TableDifference difference, WholeLoad load) {
        this.difference = difference;
        this.load = load;
    }

    TableShape shape() {
        return difference.shape();
    }

    /**
     * Copies; afterwards the source adds up its hashes, while others go on in the target.
     *
     * @param count told after each row how many were sent
     * @return how many rows there are
     */
    long write(Session target, LongConsumer count) {
        long rows = copy(target, count);
        // Not while rows are copied, which needs the cores more than anything that comes later.
        asked = load.source().get();
        return rows;
    }

    /** Waits until the source has answered: nobody else can use its session before. */
    void settle() {
        if (asked != null) {
            asked.exceptionally(failure -> null).join();
        }
    }

    private long copy(Session target, LongConsumer count) {
        String columns = shape().inserted().stream()
                .map(Field::name)
                .map(Identifier::quote)
                .collect(Collectors.joining(", "));
        CopyWriter written = new CopyWriter(target, shape().name().sql(), columns);
        try (CopyWriter copy = written) {
            difference.changes().forEach(change -> {
                copy.row(change.after());
                count.accept(written.rows());
                change.key().forEach(text -> longestKey = Math.max(longestKey, text.length()));
            });
        }
        return written.rows();
    }

    /** How many rows were copied. */
    long rows() {
        return load.rows();
    }

    /** The length of the longest value that a key has, in characters of its canonical form. */
    int longestKey() {
        return longestKey;
    }

    /** Tells what whole rows somebody else has met in the table since they were written. */
    void found(WholeLoad.Fingerprint wholeRows) {
        if (load.carriesWholeRows()) {
            found = wholeRows;
        }
    }

    /** What the table does not hold of the source's rows; once they are written. */
    Optional<StagedTable.Missing> missing(Session target) {
        WholeLoad.Fingerprint there = found != null ? found : WholeLoad.Fingerprint.of(target, load.fingerprint());
        return there.rows() == load.rows() && there.equals(wanted())
                ? Optional.empty()
                : Optional.of(new StagedTable.Missing(Math.max(1, load.rows() - there.rows()), "inserted", List.of()));
    }

    private WholeLoad.Fingerprint wanted() {
        try {
            return Objects.requireNonNull(asked, "nothing was copied").join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
