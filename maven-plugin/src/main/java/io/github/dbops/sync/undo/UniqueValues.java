package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.sync.UndoState;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Former values that only one row may have, and another has by now. A row that the undo deletes, or restores to something
 * else where the index waits for the statement's end, is not in the way as long as it goes.
 */
final class UniqueValues {

    private final Session target;
    private final Ledger ledger;

    UniqueValues(Session target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** Leaves rows of a table whose former values are taken. */
    void check(Recorded recorded) {
        for (UniqueIndex index : recorded.table().uniqueIndexes()) {
            if (!recorded.isInsert() && recorded.changes(index.columns())) {
                check(recorded, index);
            }
        }
    }

    private void check(Recorded recorded, UniqueIndex index) {
        String reason = "index " + index.name();
        try (CopyRows rows = new CopyRows(target, query(recorded, index))) {
            while (rows.next()) {
                int row = (int) rows.int8(0);
                int owner = ledger.find(rows.int4(1), rows.tid(2));
                boolean goes = owner >= 0 && (ledger.state(owner) == UndoState.DELETE || index.deferrable());
                if (goes) {
                    ledger.depend(owner, row, UndoState.TAKEN, reason);
                } else {
                    ledger.leave(row, UndoState.TAKEN, reason);
                }
            }
        }
    }

    // The index's expressions name the table's columns bare, so each side has a scope of its own.
    private static String query(Recorded recorded, UniqueIndex index) {
        String image = index.columns().stream()
                .sorted()
                .map(column -> recorded.after("t", column) + " AS " + Identifier.quote(column))
                .collect(Collectors.joining(", "));
        String predicate = index.predicate().orElse("true");
        String collision = IntStream.range(0, index.elements().size())
                .mapToObj(element -> collides(index, element))
                .collect(Collectors.joining(" AND "));
        IntFunction<String> named = element -> index.elements().get(element).expression() + " AS " + name(element);
        String elements =
                IntStream.range(0, index.elements().size()).mapToObj(named).collect(Collectors.joining(", "));
        return """
                SELECT r.row, x.tableoid, x.ctid
                FROM %s JOIN %s AS t ON %s
                CROSS JOIN LATERAL (SELECT %s FROM (SELECT %s) AS image WHERE %s) AS e
                JOIN (SELECT t.ctid, t.tableoid, %s FROM %s AS t WHERE %s) AS x
                  ON %s AND (x.ctid, x.tableoid) <> (t.ctid, t.tableoid)""".formatted(
                        recorded.values(),
                        recorded.table().sql(),
                        recorded.matches("t"),
                        elements,
                        image,
                        predicate,
                        elements,
                        recorded.table().sql(),
                        predicate,
                        collision);
    }

    private static String collides(UniqueIndex index, int element) {
        String mine = "e." + name(element);
        String theirs = "x." + name(element);
        return index.collides(index.elements().get(element), theirs, mine);
    }

    private static String name(int element) {
        return "\"dbops " + element + "\"";
    }
}
