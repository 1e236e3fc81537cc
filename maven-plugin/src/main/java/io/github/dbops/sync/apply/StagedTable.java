package io.github.dbops.sync.apply;

import io.github.dbops.sync.TableDifference;
import org.jspecify.annotations.Nullable;

/** A table whose changes are being carried out. */
final class StagedTable {

    final TableDifference difference;

    @Nullable
    Stage updates;

    @Nullable
    Stage inserts;

    StagedTable(TableDifference difference) {
        this.difference = difference;
    }
}
