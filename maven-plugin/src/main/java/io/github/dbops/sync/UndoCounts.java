package io.github.dbops.sync;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many of a run's rows stand how to its undo.
 *
 * @param rows by state; a state without rows may be missing
 * @param restored rows that got their former values back
 * @param deleted rows that were deleted
 */
public record UndoCounts(Map<UndoState, Long> rows, long restored, long deleted) {

    /** Nothing at all. */
    public static final UndoCounts NONE = new UndoCounts(Map.of(), 0, 0);

    public UndoCounts {
        rows = Map.copyOf(rows);
    }

    /** How many are in a state. */
    public long of(UndoState state) {
        return rows.getOrDefault(state, 0L);
    }

    /** All that the run wrote. */
    public long recorded() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows that an apply reverts. */
    public long toRevert() {
        return of(UndoState.RESTORE) + of(UndoState.DELETE);
    }

    /** Rows that stay as the run, or others since, have left them. */
    public long left() {
        return rows.entrySet().stream()
                .filter(entry -> entry.getKey().isLeft())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The sum, state by state. */
    public UndoCounts plus(UndoCounts other) {
        Map<UndoState, Long> sum = new EnumMap<>(UndoState.class);
        sum.putAll(rows);
        other.rows.forEach((state, count) -> sum.merge(state, count, Long::sum));
        return new UndoCounts(sum, restored + other.restored, deleted + other.deleted);
    }

    /** The same after an apply. */
    public UndoCounts applied(long restoredRows, long deletedRows) {
        return new UndoCounts(rows, restoredRows, deletedRows);
    }
}
