package io.github.dbops.sync.draft;

import java.util.List;
import java.util.Set;

/**
 * A valid unique index.
 *
 * @param name its name
 * @param columns its key columns; empty where it has expressions
 * @param limits what weakens it as evidence
 */
public record UniqueFacts(String name, List<String> columns, Set<Limit> limits) {

    public UniqueFacts {
        columns = List.copyOf(columns);
        limits = Set.copyOf(limits);
    }

    /** Whether all rows, but those with a NULL, are told apart by its columns. */
    public boolean tellsAllRowsApart() {
        return !columns.isEmpty() && !limits.contains(Limit.PARTIAL);
    }

    /** What weakens a unique index as evidence for a key. */
    public enum Limit {
        /** It has a predicate: rows outside of it may repeat each other. */
        PARTIAL,
        /** It is checked at the end of the statement or transaction. */
        DEFERRABLE,
        /** Two rows without a value collide, so that one of them is allowed. */
        NULLS_NOT_DISTINCT
    }
}
