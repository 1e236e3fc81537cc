package io.github.dbops.sync;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an undo found and did in one table.
 *
 * @param name the table
 * @param protectedBy the pattern that protects it; null: none
 * @param counts its rows
 * @param rows some of them, in the order in which they were recorded, a limited number of each state
 * @param notes what the operator should know of the table, one sentence each
 */
public record UndoTable(
        QualifiedName name, @Nullable String protectedBy, UndoCounts counts, List<UndoRow> rows, List<String> notes) {

    public UndoTable {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** The same after an apply. */
    public UndoTable applied(long restored, long deleted) {
        return new UndoTable(name, protectedBy, counts.applied(restored, deleted), rows, notes);
    }
}
