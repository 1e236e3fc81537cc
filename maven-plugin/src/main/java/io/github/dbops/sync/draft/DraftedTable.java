package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a first plan, and why it is as it is.
 *
 * @param table schema and name
 * @param planName how the plan calls it
 * @param rows how many rows the source has
 * @param key the key that the entry gets; empty: none
 * @param withheld the key that it would have got; only where it gets none
 * @param keyReason why it gets no key, a sentence; empty where it gets one
 * @param alternatives other candidates, the best first
 * @param references names of the tables that it references, as the plan calls them
 * @param referencedBy names of the tables that reference it
 * @param protectedBy dbops' own pattern that protects it
 * @param columns what becomes of single columns
 * @param notes what else is worth knowing, a sentence each
 */
public record DraftedTable(
        QualifiedName table,
        String planName,
        RowCount rows,
        Optional<KeyCandidate> key,
        Optional<KeyCandidate> withheld,
        Optional<String> keyReason,
        List<KeyCandidate> alternatives,
        List<String> references,
        List<String> referencedBy,
        Optional<String> protectedBy,
        Columns columns,
        List<String> notes) {

    public DraftedTable {
        alternatives = List.copyOf(alternatives);
        references = List.copyOf(references);
        referencedBy = List.copyOf(referencedBy);
        notes = List.copyOf(notes);
    }

    /**
     * Columns that an entry names beside its key, with the reason of each, in the table's order.
     *
     * @param exclude neither compared nor written
     * @param ignore written on insert only
     * @param sensitive never shown
     */
    public record Columns(
            Map<String, String> exclude, Map<String, Upkeep> ignore, Map<String, Sensitivity> sensitive) {}
}
