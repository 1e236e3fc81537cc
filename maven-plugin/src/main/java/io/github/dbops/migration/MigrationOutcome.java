package io.github.dbops.migration;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a migrate goal found and did, success or not: everything a report needs.
 *
 * @param goal which goal
 * @param execution dry-run or apply; a status is a dry-run
 * @param result how it ended
 * @param engine whose migrations; empty where not known yet
 * @param migrations the folder, for people; empty where not known yet
 * @param target the database, for people, no secret in it; empty where not known yet
 * @param digest of what a deploy would do, or did; empty for other goals and where the history was not read
 * @param runId a UUID
 * @param startedAt when the run began
 * @param duration wall time
 * @param phases in order
 * @param before the history as the run found it; empty where it was not read
 * @param after the history as the run left it; empty where nothing can have changed
 * @param steps migrations that this run brought to their end, in order
 * @param failure the migration at which a deploy stopped
 * @param resolutions what a resolve corrected, or would correct
 * @param warnings one sentence each
 * @param facts what the operator should know although nothing is wrong
 * @param problems what went wrong; empty on success
 * @param again what proposed commands have to say so that they work on the same database
 */
public record MigrationOutcome(
        MigrationGoal goal,
        Execution execution,
        Result result,
        Optional<EngineName> engine,
        Optional<String> migrations,
        Optional<String> target,
        Optional<Digest> digest,
        String runId,
        Instant startedAt,
        Duration duration,
        List<Phase> phases,
        Optional<History> before,
        Optional<History> after,
        List<Deployment.Step> steps,
        Optional<MigrationFailure> failure,
        List<Resolution> resolutions,
        List<String> warnings,
        List<String> facts,
        List<Problem> problems,
        SameDatabaseOptions again) {

    public MigrationOutcome {
        phases = List.copyOf(phases);
        steps = List.copyOf(steps);
        resolutions = List.copyOf(resolutions);
        warnings = List.copyOf(warnings);
        facts = List.copyOf(facts);
        problems = List.copyOf(problems);
    }

    /** The newest history that was read. */
    public Optional<History> latest() {
        return after.or(() -> before);
    }

    /** How a run ended; the report's {@code outcome}. */
    public enum Result {
        /** Everything is applied; a deploy had nothing to do. */
        UP_TO_DATE("up-to-date"),
        /** Nothing is pending, but a migration has failed or is being run, and {@code dbops.failOn} does not ask to be told. */
        UNSOUND("unsound"),
        /** A status or a deploy's dry-run found migrations that would run. */
        PENDING("pending"),
        /** A deploy ran migrations, and nothing is left. */
        DEPLOYED("deployed"),
        /** A resolve's dry-run: this would be recorded. */
        RESOLVABLE("resolvable"),
        /** A resolve recorded what was asked. */
        RESOLVED("resolved"),
        /** Looked, and the answer is no; nothing was changed. */
        REFUSED("refused"),
        /** Could not go on, or a migration failed; the problem says what state everything is in. */
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
