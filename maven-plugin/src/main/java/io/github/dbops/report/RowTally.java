package io.github.dbops.report;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.TableOutcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many rows of each kind there are, and how many of them an outcome holds.
 *
 * @param found by the counts; never fewer than are listed
 * @param listed as samples
 */
record RowTally(Map<Sample.Kind, Long> found, Map<Sample.Kind, Long> listed) {

    RowTally {
        found = Map.copyOf(found);
        listed = Map.copyOf(listed);
    }

    /** A table's. */
    static RowTally of(TableOutcome table) {
        Map<Sample.Kind, Long> listed = new EnumMap<>(Sample.Kind.class);
        table.samples().forEach(sample -> listed.merge(sample.kind(), 1L, Long::sum));
        Map<Sample.Kind, Long> found = new EnumMap<>(Sample.Kind.class);
        for (Sample.Kind kind : Sample.Kind.values()) {
            long rows = Math.max(counted(kind, table.counts()), listed.getOrDefault(kind, 0L));
            if (rows > 0) {
                found.put(kind, rows);
            }
        }
        return new RowTally(found, listed);
    }

    /** The sum over tables. */
    static RowTally of(Collection<TableOutcome> tables) {
        Map<Sample.Kind, Long> found = new EnumMap<>(Sample.Kind.class);
        Map<Sample.Kind, Long> listed = new EnumMap<>(Sample.Kind.class);
        tables.stream().map(RowTally::of).forEach(tally -> {
            tally.found.forEach((kind, rows) -> found.merge(kind, rows, Long::sum));
            tally.listed.forEach((kind, rows) -> listed.merge(kind, rows, Long::sum));
        });
        return new RowTally(found, listed);
    }

    /** Rows of a kind, listed or not. */
    long found(Sample.Kind kind) {
        return found.getOrDefault(kind, 0L);
    }

    /** Rows of a kind that are listed. */
    long listed(Sample.Kind kind) {
        return listed.getOrDefault(kind, 0L);
    }

    /** Rows of all kinds, listed or not. */
    long allFound() {
        return found.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows of all kinds that are listed. */
    long allListed() {
        return listed.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long counted(Sample.Kind kind, Counts counts) {
        return switch (kind) {
            case INSERT -> counts.toInsert();
            case UPDATE -> counts.toUpdate();
            case CONFLICT -> counts.different() - counts.toUpdate() - blockedUpdates(counts);
            case BLOCKED -> counts.blocked();
            case DUPLICATE -> counts.duplicateSourceKeyGroups();
        };
    }

    // Source rows are inserts, conflicts and blocked inserts; the other blocked rows differ from a target row.
    private static long blockedUpdates(Counts counts) {
        long blockedInserts = counts.sourceRows() - counts.toInsert() - counts.conflicts();
        return Math.max(0, counts.blocked() - Math.max(0, blockedInserts));
    }
}
