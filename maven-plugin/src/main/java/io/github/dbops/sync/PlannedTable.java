package io.github.dbops.sync;

import java.util.List;
import java.util.Optional;

/**
 * One entry of the plan.
 *
 * @param name bare, or {@code schema.table}; case as in the catalog
 * @param key the natural key's columns; empty only for a skipped table
 * @param mode what may happen
 * @param onConflict who wins where a key is on both sides
 * @param columns the business columns; empty: all that both sides have, less generated ones
 * @param where an SQL condition on the source's rows
 * @param exclude columns neither compared nor written
 * @param ignore columns written on insert, never compared or updated
 * @param sensitive columns whose values are never shown
 * @param ids what becomes of a surrogate; empty: decided by its kind
 * @param rawReferences foreign key columns taken as they are although they reference a sequence-backed surrogate
 * @param undo whether an apply records what an undo of it needs, which holds keys and former values
 * @param position where the entry begins
 * @param onConflictPosition where its {@code onConflict} is said, or the default that applies
 */
public record PlannedTable(
        String name,
        List<String> key,
        Mode mode,
        OnConflict onConflict,
        Optional<List<String>> columns,
        Optional<String> where,
        List<String> exclude,
        List<String> ignore,
        List<String> sensitive,
        Optional<Ids> ids,
        List<String> rawReferences,
        boolean undo,
        Position position,
        Position onConflictPosition) {

    public PlannedTable {
        key = List.copyOf(key);
        columns = columns.map(List::copyOf);
        exclude = List.copyOf(exclude);
        ignore = List.copyOf(ignore);
        sensitive = List.copyOf(sensitive);
        rawReferences = List.copyOf(rawReferences);
    }

    /** Whether rows of the target may be overwritten. */
    public boolean overwrites() {
        return mode == Mode.UPSERT && onConflict == OnConflict.LOCAL_WINS;
    }

    /** The schema part of the name, where it has one; a name with several dots splits at the first. */
    public Optional<String> schema() {
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(name.substring(0, dot));
    }

    /** The name without its schema. */
    public String bareName() {
        return name.substring(name.indexOf('.') + 1);
    }
}
