package io.github.dbops.sync.apply;

import io.github.dbops.postgres.CopyWriter;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WholeLoad;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All rows of a table that had none, copied straight into it in the order of their keys, so that the key's index grows at one
 * end.
 */
final class DirectCopy {

    private final TableDifference difference;
    private final WholeLoad load;

    DirectCopy(TableDifference difference, WholeLoad load) {
        this.difference = difference;
        this.load = load;
    }

    TableShape shape() {
        return difference.shape();
    }

    /** Copies; returns how many rows. */
    long write(Session target) {
        String columns = shape().inserted().stream()
                .map(Field::name)
                .map(Identifier::quote)
                .collect(Collectors.joining(", "));
        CopyWriter written = new CopyWriter(target, shape().name().sql(), columns);
        try (CopyWriter copy = written) {
            difference.changes().forEach(change -> copy.row(change.after()));
        }
        return written.rows();
    }

    /** What the table does not hold of the source's rows. */
    Optional<StagedTable.Missing> missing(Session target) {
        // The same rows have the same sum; other sums differ in 64 bits by chance alone.
        boolean[] same = {false};
        long there = target.one(load.fingerprint(), row -> {
            same[0] = new BigDecimal(row.getString(2)).toBigInteger().longValue() == load.sum();
            return row.getLong(1);
        });
        return there == load.rows() && same[0]
                ? Optional.empty()
                : Optional.of(new StagedTable.Missing(Math.max(1, load.rows() - there), "inserted", List.of()));
    }
}
