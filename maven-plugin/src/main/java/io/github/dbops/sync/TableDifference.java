package io.github.dbops.sync;

import java.util.List;
import java.util.Optional;

/**
 * One table's difference between source and target, by key; rows only in the target are counted, never touched.
 *
 * @param shape the table
 * @param counts before any apply
 * @param changes what an apply does
 * @param samples a few rows for reports
 * @param load how the changes may be written and checked as a whole; empty: each row for itself
 * @param notes what comparing brought up, one sentence each
 */
public record TableDifference(
        TableShape shape,
        Counts counts,
        Changes changes,
        Optional<WholeLoad> load,
        List<Sample> samples,
        List<String> notes) {

    public TableDifference {
        samples = List.copyOf(samples);
        notes = List.copyOf(notes);
    }
}
