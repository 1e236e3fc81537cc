package io.github.dbops.sync;

/**
 * One table's numbers, or their sum over tables; spec section 5, "Counting". Always {@code sourceRows = toInsert +
 * conflicts + blocked inserts} and {@code conflicts = identical + different}.
 *
 * @param sourceRows rows of the source that the plan's {@code where} lets through
 * @param targetRows all rows of the target
 * @param toInsert rows that an apply inserts
 * @param toUpdate rows that an apply changes; only rows that really differ
 * @param conflicts keys on both sides
 * @param identical conflicts whose compared columns are exactly equal
 * @param different conflicts that differ
 * @param onlyInTarget target rows without a source row; never touched
 * @param blocked inserts and updates whose parent row will not be there
 * @param duplicateSourceKeyGroups keys that several source rows share
 * @param appliedInserts rows inserted by this run
 * @param appliedUpdates rows updated by this run
 */
public record Counts(
        long sourceRows,
        long targetRows,
        long toInsert,
        long toUpdate,
        long conflicts,
        long identical,
        long different,
        long onlyInTarget,
        long blocked,
        long duplicateSourceKeyGroups,
        long appliedInserts,
        long appliedUpdates) {

    /** Nothing at all: a skipped table, or the start of a sum. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Field by field. */
    public Counts plus(Counts other) {
        return new Counts(
                sourceRows + other.sourceRows,
                targetRows + other.targetRows,
                toInsert + other.toInsert,
                toUpdate + other.toUpdate,
                conflicts + other.conflicts,
                identical + other.identical,
                different + other.different,
                onlyInTarget + other.onlyInTarget,
                blocked + other.blocked,
                duplicateSourceKeyGroups + other.duplicateSourceKeyGroups,
                appliedInserts + other.appliedInserts,
                appliedUpdates + other.appliedUpdates);
    }

    /** The same counts after an apply. */
    public Counts applied(long inserts, long updates) {
        return new Counts(
                sourceRows,
                targetRows,
                toInsert,
                toUpdate,
                conflicts,
                identical,
                different,
                onlyInTarget,
                blocked,
                duplicateSourceKeyGroups,
                inserts,
                updates);
    }

    /** Whether an apply has anything to do. */
    public boolean hasChanges() {
        return toInsert + toUpdate > 0;
    }
}
