package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;

/** One of the two databases of a sync. */
enum Side {
    SOURCE,
    TARGET;

    Table table(TableShape shape) {
        return this == SOURCE ? shape.source() : shape.target();
    }

    Column column(ShapedColumn column) {
        return this == SOURCE ? column.source() : column.target();
    }
}
