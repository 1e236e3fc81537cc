package io.github.dbops.report;

import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One column of an undo's table of counts, the same on the console and in Markdown.
 *
 * @param title its heading
 * @param value its number
 */
record UndoColumn(String title, ToLongFunction<UndoCounts> value) {

    private static final List<UndoState> ALWAYS =
            List.of(UndoState.RESTORE, UndoState.DELETE, UndoState.CHANGED, UndoState.REFERENCED);

    /** The columns for an outcome: some appear only where they say something. */
    static List<UndoColumn> of(UndoOutcome outcome) {
        UndoCounts totals = outcome.totals();
        List<UndoColumn> columns = new ArrayList<>(List.of(new UndoColumn("recorded", UndoCounts::recorded)));
        for (UndoState state : UndoState.values()) {
            if (ALWAYS.contains(state) || totals.of(state) > 0) {
                columns.add(new UndoColumn(state.word().replace('-', ' '), counts -> counts.of(state)));
            }
        }
        if (outcome.result() == UndoOutcome.Result.UNDONE) {
            columns.add(new UndoColumn("restored", UndoCounts::restored));
            columns.add(new UndoColumn("deleted", UndoCounts::deleted));
        }
        return columns;
    }

    /** The number as people read it. */
    String text(UndoCounts counts) {
        return Amount.of(value.applyAsLong(counts));
    }
}
