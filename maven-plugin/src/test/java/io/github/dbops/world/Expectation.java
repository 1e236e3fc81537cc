package io.github.dbops.world;

import io.github.dbops.sync.Counts;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the contract says of a run before it is made.
 *
 * @param counts by table of the plan; applied counts are 0. They mean something where no row was refused
 * @param refused why already the dry-run must be refused; empty: it must not, unless {@code mayBeRefused}
 * @param mayBeRefused why the dry-run may be refused without having to
 * @param applyRefused why an apply must be refused although the dry-run is not
 * @param applyMayBeRefused why an apply may be refused without having to
 */
record Expectation(
        Map<String, Counts> counts,
        Set<Reason> refused,
        Set<Reason> mayBeRefused,
        Set<Reason> applyRefused,
        Set<Reason> applyMayBeRefused) {

    Expectation {
        counts = Map.copyOf(counts);
        refused = Set.copyOf(refused);
        mayBeRefused = Set.copyOf(mayBeRefused);
        applyRefused = Set.copyOf(applyRefused);
        applyMayBeRefused = Set.copyOf(applyMayBeRefused);
    }

    /**
     * An expectation of a run that is refused before any row is read.
     *
     * @param reasons why it must be
     * @param others what may be said beside them
     */
    static Expectation refused(Set<Reason> reasons, Set<Reason> others) {
        return new Expectation(Map.of(), reasons, others, Set.of(), Set.of());
    }

    /** Codes that a dry-run may be refused with. */
    Set<String> dryRunCodes() {
        Set<String> codes = new TreeSet<>(Reason.codes(refused));
        codes.addAll(Reason.codes(mayBeRefused));
        return codes;
    }

    /** Codes that an apply may be refused with. */
    Set<String> applyCodes() {
        Set<String> codes = dryRunCodes();
        codes.addAll(Reason.codes(applyRefused));
        codes.addAll(Reason.codes(applyMayBeRefused));
        return codes;
    }

    /** Whether a row waits for a parent that will not be there. */
    boolean isBlocked() {
        return applyRefused.contains(Reason.BLOCKED);
    }

    /** A table's counts; none where the plan does not list it. */
    Counts counts(String table) {
        return counts.getOrDefault(table, Counts.NONE);
    }
}
