package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change as it was read, before it is known whether it can be carried out.
 *
 * @param change the change
 * @param parents the rows to which its references lead, as far as they must be looked at
 * @param texts values of its own columns as text, for unique indexes; in the order of {@link RowLayout#texts}
 */
record Candidate(Change change, List<Parent> parents, List<@Nullable String> texts) {

    /**
     * The row to which a reference leads.
     *
     * @param reference the reference
     * @param state how it stands in the source
     * @param key the row's natural key in canonical form; empty where it has none
     */
    record Parent(Reference reference, ParentState state, List<String> key) {}
}
