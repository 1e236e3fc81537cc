package io.github.dbops.sync.undo;

import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.WholeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a table is still laid out as it was when its rows were recorded: otherwise their hashes say nothing. */
final class Fitness {

    private Fitness() {}

    /** Why the recorded rows cannot be told any more, one sentence; empty where they can. */
    static Optional<String> flaw(RecordedRows rows, Catalog catalog) {
        if (!catalog.relations().contains(rows.table())) {
            return Optional.of("There is no such table any more.");
        }
        Table table = catalog.table(rows.table());
        if (table.kind() != Table.Kind.TABLE && table.kind() != Table.Kind.PARTITIONED) {
            return Optional.of("It has become a " + table.kind().word() + ".");
        }
        if (table.rewritten()) {
            return Optional.of("It has got rules, which turn a statement on it into another one.");
        }
        List<String> now = WholeRow.layout(table);
        if (now.equals(rows.layout())) {
            return Optional.empty();
        }
        List<String> lost = new ArrayList<>(rows.layout());
        lost.removeAll(now);
        List<String> added = new ArrayList<>(now);
        added.removeAll(rows.layout());
        return Optional.of("Its columns have changed since, so that its rows cannot be told to be unchanged."
                + (lost.isEmpty() ? "" : " Gone: " + String.join(", ", lost) + ".")
                + (added.isEmpty() ? "" : " New: " + String.join(", ", added) + "."));
    }
}
