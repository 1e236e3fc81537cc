package io.github.dbops.sync;

import java.util.List;

/**
 * One recorded row as an example in a report; sensitive columns are masked already.
 *
 * @param state how it stands to the undo
 * @param key its key as the target has it
 * @param reason what keeps it from being reverted, as a name: {@code public.Order (Order_productId_fkey)}; empty where the
 *     state says all
 * @param cells of a row to be restored what changes: its present and its former value
 */
public record UndoRow(UndoState state, List<Sample.Cell> key, String reason, List<Sample.Change> cells) {

    public UndoRow {
        key = List.copyOf(key);
        cells = List.copyOf(cells);
    }
}
