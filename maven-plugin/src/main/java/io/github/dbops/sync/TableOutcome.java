package io.github.dbops.sync;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sync found and did in one table of the plan.
 *
 * @param table {@code schema.table} in the target, or the plan's spelling for a table that was skipped unread
 * @param mode the plan's
 * @param onConflict the plan's
 * @param protectedBy the pattern that protects it; null: none
 * @param skipped whether its rows were left unread
 * @param reason why skipped; null when not
 * @param counts all zero when skipped
 * @param samples rows for reports, in key order; at most some thousands in a run
 * @param differences columns that the two sides do not have alike
 * @param notes what the operator should know of this table, one sentence each (locks, triggers, columns)
 */
public record TableOutcome(
        String table,
        Mode mode,
        OnConflict onConflict,
        @Nullable String protectedBy,
        boolean skipped,
        @Nullable String reason,
        Counts counts,
        List<Sample> samples,
        List<SchemaDifference> differences,
        List<String> notes) {

    public TableOutcome {
        samples = List.copyOf(samples);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** A table that both sides have alike. */
    public TableOutcome(
            String table,
            Mode mode,
            OnConflict onConflict,
            @Nullable String protectedBy,
            boolean skipped,
            @Nullable String reason,
            Counts counts,
            List<Sample> samples,
            List<String> notes) {
        this(table, mode, onConflict, protectedBy, skipped, reason, counts, samples, List.of(), notes);
    }

    /** Everything worth telling of the table: what differs in its columns, then the notes. */
    public List<String> remarks() {
        return Stream.concat(differences.stream().map(SchemaDifference::told), notes.stream())
                .toList();
    }
}
