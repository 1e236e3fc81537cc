package io.github.dbops.report;

import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.UndoRow;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of an undo as texts show them: a few of each state, each on one line. */
final class UndoRowText {

    private static final int MOST_OF_A_STATE = 5;

    private UndoRowText() {}

    /** The first five of each state, in their order. */
    static List<UndoRow> few(UndoTable table) {
        Map<UndoState, Integer> seen = new EnumMap<>(UndoState.class);
        List<UndoRow> few = new ArrayList<>();
        for (UndoRow row : table.rows()) {
            if (seen.merge(row.state(), 1, Integer::sum) <= MOST_OF_A_STATE) {
                few.add(row);
            }
        }
        return few;
    }

    /** The key's columns and values. */
    static String key(UndoRow row, int longest) {
        return row.key().stream()
                .map(cell -> Visible.shortened(cell.column(), longest) + "=" + SampleText.value(cell.value(), longest))
                .collect(Collectors.joining(", "));
    }

    /** What changes in a restored row; empty where that is not to be shown. */
    static String cells(UndoRow row, SampleDetail detail, int longest) {
        return detail != SampleDetail.VALUES
                ? ""
                : row.cells().stream().map(cell -> cell(cell, longest)).collect(Collectors.joining(", "));
    }

    private static String cell(Sample.Change cell, int longest) {
        return Visible.shortened(cell.column(), longest) + " " + SampleText.value(cell.before(), longest) + " -> "
                + SampleText.value(cell.after(), longest);
    }
}
