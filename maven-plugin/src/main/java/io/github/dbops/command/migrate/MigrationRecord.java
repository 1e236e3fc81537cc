package io.github.dbops.command.migrate;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.migration.DeployDigest;
import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.SameDatabaseOptions;
import io.github.dbops.problem.Kind;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What one run of a migrate goal has learned so far; becomes the outcome at whatever point the run ends. */
final class MigrationRecord {

    private final String runId = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final MigrationGoal goal;
    private final Execution execution;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> facts = new LinkedHashSet<>();
    private Optional<MigrationFiles> files = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<History> before = Optional.empty();
    private Optional<History> after = Optional.empty();
    private Optional<Deployment> deployment = Optional.empty();
    private List<Resolution> resolutions = List.of();
    private SameDatabaseOptions again = SameDatabaseOptions.NONE;

    MigrationRecord(MigrationGoal goal, Execution execution) {
        this.goal = goal;
        this.execution = execution;
    }

    void files(MigrationFiles found) {
        files = Optional.of(found);
    }

    void target(String display) {
        target = Optional.of(display);
    }

    void again(SameDatabaseOptions options) {
        again = options;
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    void fact(String sentence) {
        facts.add(sentence);
    }

    /** The history before anything was changed; a later reading, under the lock, is the better one. */
    void found(History history) {
        before = Optional.of(history);
    }

    /** The history when all was done. */
    void left(History history) {
        after = Optional.of(history);
    }

    void deployed(Deployment done) {
        deployment = Optional.of(done);
    }

    void resolved(List<Resolution> done) {
        resolutions = List.copyOf(done);
    }

    MigrationOutcome outcome(List<Problem> problems, PhaseClock clock) {
        Set<String> said = new LinkedHashSet<>(warnings);
        before.ifPresent(history -> said.addAll(history.warnings()));
        after.ifPresent(history -> said.addAll(history.warnings()));
        return new MigrationOutcome(
                goal,
                execution,
                result(problems),
                files.map(MigrationFiles::engine),
                files.map(MigrationFiles::display),
                target,
                digest(),
                runId,
                startedAt,
                Duration.between(startedAt, Instant.now()),
                clock.phases(),
                before,
                after,
                deployment.map(Deployment::steps).orElse(List.of()),
                failure(),
                resolutions,
                new ArrayList<>(said),
                new ArrayList<>(facts),
                problems.stream().map(problem -> problem.reworded(again::in)).toList(),
                again);
    }

    private Optional<Digest> digest() {
        return goal == MigrationGoal.DEPLOY ? before.map(DeployDigest::of) : Optional.empty();
    }

    private Optional<MigrationFailure> failure() {
        return deployment
                .flatMap(Deployment::failure)
                .map(failure -> failure.with(failure.problem().reworded(again::in)));
    }

    private Result result(List<Problem> problems) {
        if (!problems.isEmpty()) {
            boolean looked = problems.get(0).code().kind() == Kind.REFUSAL;
            return looked && !changed() ? Result.REFUSED : Result.FAILED;
        }
        if (goal == MigrationGoal.RESOLVE) {
            return execution == Execution.APPLY ? Result.RESOLVED : Result.RESOLVABLE;
        }
        if (deployment.filter(d -> !d.steps().isEmpty()).isPresent()) {
            return Result.DEPLOYED;
        }
        return after.or(() -> before).map(MigrationRecord::looked).orElse(Result.UP_TO_DATE);
    }

    private static Result looked(History history) {
        if (!history.pending().isEmpty()) {
            return Result.PENDING;
        }
        boolean open = !history.in(MigrationState.FAILED).isEmpty()
                || !history.in(MigrationState.RUNNING).isEmpty();
        return open ? Result.UNSOUND : Result.UP_TO_DATE;
    }

    /** Whether migrations were run, even where that was not enough. */
    private boolean changed() {
        return deployment
                .filter(d -> !d.steps().isEmpty() || d.failure().isPresent())
                .isPresent();
    }
}
