package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.Locator;

/** How a row's place is told, by what its table is. */
enum PlaceForm {
    /** By its ctid. */
    TUPLE(1),
    /** By its ctid and its partition. */
    PARTITION(2),
    /** Its rows lie nowhere, or on several nodes: by their key's hash. */
    HASH(1);

    private final int fields;

    PlaceForm(int fields) {
        this.fields = fields;
    }

    static PlaceForm of(Table table) {
        if (!table.placed()) {
            return HASH;
        }
        return table.isPartitioned() ? PARTITION : TUPLE;
    }

    /** How many fields tell it. */
    int fields() {
        return fields;
    }

    /** The tuple's part of a place that begins at a field. */
    long tuple(CopyRows row, int field) {
        return this == HASH ? row.int8(field) : row.tid(field);
    }

    /** The relation's part. */
    long relation(CopyRows row, int field) {
        return this == PARTITION ? row.int4(field + 1) & 0xFFFFFFFFL : 0;
    }

    /** The whole place. */
    Locator place(CopyRows row, int field) {
        return new Locator(relation(row, field), tuple(row, field));
    }
}
