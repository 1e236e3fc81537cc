package io.github.dbops.sync.draft;

import java.util.List;

/**
 * A first plan: every table skipped, those with a key ready to be switched on.
 *
 * @param source the database that it was drafted from, for people
 * @param tables its entries, in the order in which a sync writes
 * @param leftOut relations that got none, by reason and name
 */
public record Draft(String source, List<DraftedTable> tables, List<LeftOut> leftOut) {

    public Draft {
        tables = List.copyOf(tables);
        leftOut = List.copyOf(leftOut);
    }

    /** How many entries have a key. */
    public long withKey() {
        return tables.stream().filter(t -> t.key().isPresent()).count();
    }

    /** How many columns are proposed as sensitive. */
    public long sensitiveColumns() {
        return tables.stream().mapToLong(t -> t.columns().sensitive().size()).sum();
    }
}
