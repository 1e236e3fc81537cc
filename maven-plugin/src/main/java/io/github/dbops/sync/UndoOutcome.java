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
 * What an undo found and did, success or not: everything a report needs.
 *
 * @param execution dry-run or apply
 * @param result how it ended
 * @param run the run to be undone; empty where none was named, or it is not known yet
 * @param target the target, for people; empty where not known yet
 * @param digest of what is reverted; empty where nothing is, or an early problem
 * @param runId this undo's own id, also in the audit record
 * @param startedAt when it began
 * @param duration wall time
 * @param phases in order
 * @param tables those that the run wrote, in name order
 * @param runs the last applies, where no run was named; the newest first
 * @param warnings one sentence each
 * @param facts what the operator should know although nothing is wrong
 * @param problems what went wrong; empty on success
 */
public record UndoOutcome(
        Execution execution,
        Result result,
        Optional<RecordedRun> run,
        Optional<String> target,
        Optional<Digest> digest,
        String runId,
        Instant startedAt,
        Duration duration,
        List<Phase> phases,
        List<UndoTable> tables,
        List<RecordedRun> runs,
        List<String> warnings,
        List<String> facts,
        List<Problem> problems) {

    public UndoOutcome {
        phases = List.copyOf(phases);
        tables = List.copyOf(tables);
        runs = List.copyOf(runs);
        warnings = List.copyOf(warnings);
        facts = List.copyOf(facts);
        problems = List.copyOf(problems);
    }

    /** How an undo ended; the report's {@code outcome}. */
    public enum Result {
        /** No run was named: the last ones were listed. */
        RUNS_LISTED("runs-listed"),
        /** Nothing of the run can be reverted, or nothing is left to revert. */
        NOTHING_TO_DO("nothing-to-do"),
        /** A dry-run that found rows to revert. */
        CHANGES_FOUND("changes-found"),
        /** An apply that committed. */
        UNDONE("undone"),
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
    public UndoCounts totals() {
        return tables.stream().map(UndoTable::counts).reduce(UndoCounts.NONE, UndoCounts::plus);
    }

    /** How much of a row reports may show; empty: each report's default. */
    public Optional<SampleDetail> samples() {
        return run.flatMap(RecordedRun::samples);
    }
}
