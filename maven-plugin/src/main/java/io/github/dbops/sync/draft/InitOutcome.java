package io.github.dbops.sync.draft;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code dbops:init} found and wrote, success or not: everything a report needs.
 *
 * @param result how it ended
 * @param execution whether the plan was to be written or only shown
 * @param planFile the plan's file as the operator gave it, or by default
 * @param schemaFile the schema's file beside it
 * @param syncCommand how a sync by this plan is started
 * @param source the database that was read, for people; empty where not known yet
 * @param target the database whose catalog was looked at beside it; empty where none was
 * @param draft the plan; empty where it did not come to one
 * @param text the plan's text; empty where it did not come to one
 * @param runId a UUID
 * @param startedAt when the run began
 * @param duration wall time
 * @param phases in order
 * @param warnings one sentence each
 * @param facts what the operator should know although nothing is wrong
 * @param problems what went wrong; empty on success
 */
public record InitOutcome(
        Result result,
        Execution execution,
        String planFile,
        String schemaFile,
        String syncCommand,
        Optional<String> source,
        Optional<String> target,
        Optional<Draft> draft,
        Optional<String> text,
        String runId,
        Instant startedAt,
        Duration duration,
        List<Phase> phases,
        List<String> warnings,
        List<String> facts,
        List<Problem> problems) {

    public InitOutcome {
        phases = List.copyOf(phases);
        warnings = List.copyOf(warnings);
        facts = List.copyOf(facts);
        problems = List.copyOf(problems);
    }

    /** How a run ended; the report's {@code outcome}. */
    public enum Result {
        /** The plan is in its file. */
        WRITTEN("written"),
        /** The plan was only shown. */
        SHOWN("shown"),
        /** Looked, and the answer is no; nothing was written. */
        REFUSED("refused"),
        /** Could not go on; nothing was written. */
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
}
