package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Session;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.WholeRow;

/** Finds recorded rows in their table and tells whether somebody has changed them since. */
final class Look {

    private static final int ABSENT = 0;
    private static final int UNCHANGED = 1;
    private static final int BACK = 2;

    private final Session target;
    private final Ledger ledger;

    Look(Session target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** Tells every row of a table. */
    void at(Recorded recorded) {
        try (CopyRows rows = new CopyRows(target, query(recorded))) {
            while (rows.next()) {
                tell(recorded, (int) rows.int8(0), rows.int4(1), rows);
            }
        }
    }

    private void tell(Recorded recorded, int row, int found, CopyRows rows) {
        if (found == ABSENT) {
            ledger.tell(row, recorded.isInsert() ? UndoState.ALREADY : UndoState.GONE, "");
        } else if (ledger.isTold(row)) {
            // Somebody has inserted another row with this key, which no index keeps unique.
            ledger.tell(row, UndoState.CHANGED, "several rows have its key");
        } else {
            ledger.place(row, rows.int4(2), rows.tid(3));
            ledger.tell(row, state(recorded, found), "");
        }
    }

    private static UndoState state(Recorded recorded, int found) {
        return switch (found) {
            case UNCHANGED -> recorded.isInsert() ? UndoState.DELETE : UndoState.RESTORE;
            case BACK -> UndoState.ALREADY;
            default -> UndoState.CHANGED;
        };
    }

    private String query(Recorded recorded) {
        Hashing hashing = Hashing.recorded(target, recorded.rows().canary()).orElseThrow();
        String back = recorded.isInsert()
                ? "false"
                : recorded.exactly("t", recorded.restored(), (i, column) -> Recorded.cast("r.f" + i, column));
        return """
                SELECT r.row, CASE WHEN t.ctid IS NULL THEN %d WHEN %s THEN %d WHEN %s = r.h THEN %d ELSE %d END,
                       t.tableoid, t.ctid
                FROM %s
                LEFT JOIN %s AS t ON %s""".formatted(
                        ABSENT,
                        back,
                        BACK,
                        WholeRow.hash(hashing, recorded.table(), "t"),
                        UNCHANGED,
                        BACK + 1,
                        recorded.isInsert() ? recorded.keys() : recorded.values(),
                        recorded.table().sql(),
                        recorded.matches("t"));
    }
}
