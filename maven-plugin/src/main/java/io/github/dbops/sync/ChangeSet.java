package io.github.dbops.sync;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison decided. An apply carries exactly this out, or nothing.
 *
 * @param differences parents first
 * @param digest of all changes; empty where the set may not be applied, or nobody has waited for it yet
 * @param tableDigests each changed table's part, by name, to tell which ones drifted; empty where the digest is
 * @param refusals why it may not be applied, found in the rows; empty when it may
 * @param warnings one sentence each
 */
public record ChangeSet(
        List<TableDifference> differences,
        Optional<Digest> digest,
        Map<String, String> tableDigests,
        List<Problem> refusals,
        List<String> warnings) {

    public ChangeSet {
        differences = List.copyOf(differences);
        tableDigests = Map.copyOf(tableDigests);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /** The same with its digest, and each changed table's part of it. */
    public ChangeSet digested(Digest whole, Map<String, String> tables) {
        return new ChangeSet(differences, Optional.of(whole), tables, refusals, warnings);
    }

    /** The same with further warnings behind its own. */
    public ChangeSet warning(List<String> further) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(further);
        return new ChangeSet(differences, digest, tableDigests, refusals, all);
    }

    /** The sum over all tables. */
    public Counts totals() {
        return differences.stream().map(TableDifference::counts).reduce(Counts.NONE, Counts::plus);
    }
}
