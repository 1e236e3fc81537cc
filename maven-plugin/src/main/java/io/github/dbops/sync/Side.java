package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;

/** One of the two databases of a sync. */
public enum Side {
    SOURCE,
    TARGET;

    /** The table as this side has it. */
    public Table table(NaturalKey key) {
        return this == SOURCE ? key.source() : key.target();
    }

    /** The column as this side has it. */
    public Column column(ShapedColumn column) {
        return this == SOURCE ? column.source() : column.target();
    }

    /** For people: {@code source}. */
    public String word() {
        return this == SOURCE ? "source" : "target";
    }
}
