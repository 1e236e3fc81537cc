package io.github.dbops.sync;

import java.util.List;

/**
 * One table's difference between source and target, by key; rows only in the target are counted, never touched.
 *
 * @param shape the table
 * @param counts before any apply
 * @param changes what an apply does
 * @param samples a few rows for reports
 * @param notes what comparing brought up, one sentence each
 */
public record TableDifference(
        TableShape shape, Counts counts, Changes changes, List<Sample> samples, List<String> notes) {

    public TableDifference {
        samples = List.copyOf(samples);
        notes = List.copyOf(notes);
    }
}
