package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Session;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.UndoRow;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.WholeRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a table's recorded rows once more, in their order: into the digest all that are reverted, for reports a few. */
final class Listing {

    private static final int MOST_OF_A_STATE = 100;
    private static final int LONGEST = 60;
    private static final String MASK = "****";

    private final Session target;
    private final Ledger ledger;
    private final SampleDetail detail;
    private final List<UndoRow> rows = new ArrayList<>();
    private final Map<UndoState, Long> counts = new EnumMap<>(UndoState.class);
    private boolean reverts;

    Listing(Session target, Ledger ledger, SampleDetail detail) {
        this.target = target;
        this.ledger = ledger;
        this.detail = detail;
    }

    /** Rows of each state that the listing has met. */
    Map<UndoState, Long> counts() {
        return counts;
    }

    List<UndoRow> rows() {
        return rows;
    }

    /** Whether any of them is reverted. */
    boolean isAnyReverted() {
        return reverts;
    }

    void read(Recorded recorded, ReversalDigest digest) {
        List<String> columns = recorded.rows().columns();
        int keys = recorded.rows().keyColumns().size();
        digest.columns(recorded.rows().keyColumns(), columns);
        try (CopyRows found = new CopyRows(target, query(recorded))) {
            while (found.next()) {
                int row = (int) found.int8(0);
                UndoState state = ledger.state(row);
                List<String> key = new ArrayList<>();
                for (int i = 0; i < keys; i++) {
                    key.add(found.text(1 + i));
                }
                boolean restored = state == UndoState.RESTORE;
                List<@Nullable String> former = restored ? texts(found, 1 + keys, columns.size()) : List.of();
                List<@Nullable String> present =
                        restored ? texts(found, 1 + keys + columns.size(), columns.size()) : List.of();
                if (state.isReverted()) {
                    reverts = true;
                    digest.add(state, key, present, former);
                }
                if (counts.merge(state, 1L, Long::sum) <= MOST_OF_A_STATE) {
                    rows.add(new UndoRow(
                            state, key(recorded, key), ledger.reason(row), cells(recorded, present, former)));
                }
            }
        }
    }

    private static List<@Nullable String> texts(CopyRows row, int first, int count) {
        List<@Nullable String> texts = new ArrayList<>(count);
        for (int i = first; i < first + count; i++) {
            texts.add(row.isNull(i) ? null : row.text(i));
        }
        return texts;
    }

    private static String query(Recorded recorded) {
        List<String> expressions = new ArrayList<>(List.of("r.row"));
        expressions.addAll(recorded.keyTexts());
        if (recorded.isInsert()) {
            return "SELECT " + String.join(", ", expressions) + "\nFROM " + recorded.keys() + "\nORDER BY r.row";
        }
        for (int i = 0; i < recorded.rows().columns().size(); i++) {
            expressions.add("r.f" + i);
        }
        recorded.restored()
                .forEach(column -> expressions.add(WholeRow.text(Recorded.of("t", column.name()), column.type())));
        // A row that is not restored may be found twice, or not at all.
        return "SELECT DISTINCT ON (r.row) " + String.join(", ", expressions) + "\nFROM " + recorded.values()
                + "\nLEFT JOIN " + recorded.table().sql() + " AS t ON " + recorded.matches("t") + "\nORDER BY r.row";
    }

    private static List<Sample.Cell> key(Recorded recorded, List<String> values) {
        List<Sample.Cell> cells = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String column = recorded.rows().keyColumns().get(i);
            cells.add(new Sample.Cell(column, shown(recorded, column, values.get(i))));
        }
        return cells;
    }

    private List<Sample.Change> cells(
            Recorded recorded, List<@Nullable String> present, List<@Nullable String> former) {
        List<Sample.Change> cells = new ArrayList<>();
        if (detail == SampleDetail.VALUES) {
            for (int i = 0; i < present.size(); i++) {
                String column = recorded.rows().columns().get(i);
                if (!Objects.equals(present.get(i), former.get(i))) {
                    cells.add(new Sample.Change(
                            column, shown(recorded, column, present.get(i)), shown(recorded, column, former.get(i))));
                }
            }
        }
        return cells;
    }

    private static @Nullable String shown(Recorded recorded, String column, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (recorded.rows().sensitive().contains(column)) {
            return MASK;
        }
        int end = value.offsetByCodePoints(0, Math.min(LONGEST, value.codePointCount(0, value.length())));
        return end < value.length() ? value.substring(0, end) + "…" : value;
    }
}
