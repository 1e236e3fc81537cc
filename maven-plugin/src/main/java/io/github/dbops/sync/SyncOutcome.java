package io.github.dbops.sync;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sync found and did, success or not: everything a report needs.
 *
 * @param execution dry-run or apply
 * @param result how it ended
 * @param planFile the plan's path as the operator gave it
 * @param planHash the plan's hash; empty where the plan could not be read
 * @param source where rows come from, for people, no secret in it; empty where not known yet
 * @param target where rows go
 * @param digest of the change set; empty where there is none (blocked rows, conflicts that fail, an early problem)
 * @param runId a UUID, also in the audit record
 * @param startedAt when the run began
 * @param duration wall time
 * @param phases in order
 * @param protectedPatterns globs in force
 * @param samples what the plan says of samples; empty: each report's default
 * @param tables in the order in which they are handled, then the skipped ones
 * @param warnings one sentence each
 * @param facts what the operator should know although nothing is wrong: earlier runs, backup, where settings came from
 * @param problems what went wrong; empty on success
 */
public record SyncOutcome(
        Execution execution,
        Result result,
        String planFile,
        Optional<String> planHash,
        Optional<String> source,
        Optional<String> target,
        Optional<Digest> digest,
        String runId,
        Instant startedAt,
        Duration duration,
        List<Phase> phases,
        List<String> protectedPatterns,
        Optional<SampleDetail> samples,
        List<TableOutcome> tables,
        List<String> warnings,
        List<String> facts,
        List<Problem> problems) {

    public SyncOutcome {
        phases = List.copyOf(phases);
        protectedPatterns = List.copyOf(protectedPatterns);
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
        facts = List.copyOf(facts);
        problems = List.copyOf(problems);
    }

    /** How a run ended; the report's {@code outcome}. */
    public enum Result {
        /** A dry-run that found nothing to do, or an apply that had nothing to do. */
        NOTHING_TO_DO("nothing-to-do"),
        /** A dry-run that found changes. */
        CHANGES_FOUND("changes-found"),
        /** An apply that committed. */
        APPLIED("applied"),
        /** Looked, and the answer is no; nothing was written. */
        REFUSED("refused"),
        /** Could not go on; the problem says what state everything is in. */
        FAILED("failed");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** The report's word. */
        public String word() {
            return word;
        }
    }

    /** The sum over all tables. */
    public Counts totals() {
        return tables.stream().map(TableOutcome::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** How many tables of the plan were skipped. */
    public long skippedTables() {
        return tables.stream().filter(TableOutcome::skipped).count();
    }
}
