package io.github.dbops.command.undo;

import io.github.dbops.command.BackupCheck;
import io.github.dbops.command.PhaseClock;
import io.github.dbops.command.ReviewRules;
import io.github.dbops.command.Surroundings;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.postgres.Attempts;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ReportFiles;
import io.github.dbops.report.UndoReview;
import io.github.dbops.report.UndoReviewFile;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.undo.Reversal;
import io.github.dbops.sync.undo.WritePrivileges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code dbops:undo}: guard, look, review, undo, report; without a run, the last runs. */
public final class UndoCommand {

    private static final String NOT_CONNECTED = "Nothing was connected to; nothing was changed.";

    private final Surroundings surroundings;

    /** A command wired to its surroundings. */
    public UndoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs and writes the report files; every problem is in the outcome, none is thrown. */
    public UndoOutcome run(UndoRequest request) {
        PhaseClock clock = new PhaseClock(surroundings.progress());
        UndoRecord record = new UndoRecord(request.execution());
        List<Problem> problems = new ArrayList<>();
        try {
            problems.addAll(guarded(request, record, clock));
        } catch (ProblemException failure) {
            problems.addAll(failure.problems());
        } catch (SqlFailure failure) {
            problems.add(problem(failure).withState(state(request)));
        }
        return written(record, problems, clock, request.reports());
    }

    // Class 22 and 23: a former value that has become one too many since.
    private static Problem problem(SqlFailure failure) {
        Problem problem = failure.problem();
        return failure.state().isAboutValues()
                ? new Problem(
                        problem.code(),
                        problem.what(),
                        problem.where(),
                        problem.why(),
                        null,
                        List.of(
                                "Former values, or deletes, are refused by what the target keeps by now: loosen that, and"
                                        + " undo again; or restore the rows by hand."))
                : problem;
    }

    /**
     * Reports settings that are no request, in the same files.
     *
     * @param refused what is wrong with them
     * @param reports the folder for reports
     */
    public UndoOutcome reject(ProblemException refused, Path reports) {
        List<Problem> problems =
                new ArrayList<>(refused.withState(NOT_CONNECTED).problems());
        return written(new UndoRecord(Execution.DRY_RUN), problems, new PhaseClock(surroundings.progress()), reports);
    }

    private static UndoOutcome written(UndoRecord record, List<Problem> problems, PhaseClock clock, Path reports) {
        UndoOutcome outcome = record.outcome(problems, clock);
        try {
            new ReportFiles(reports, "undo").write(outcome);
            return outcome;
        } catch (ProblemException unwritten) {
            problems.addAll(unwritten.problems());
            return record.outcome(problems, clock);
        }
    }

    private List<Problem> guarded(UndoRequest request, UndoRecord record, PhaseClock clock) {
        String command = "mvn dbops:undo -Drun=" + request.run().orElse("ID") + " -DdryRun";
        UndoReviewed reviewed =
                new UndoReviewed(new ReviewRules(request.review(), command), UndoReviewFile.in(request.reports()));
        ResolvedDatabase resolved;
        try {
            if (request.execution() == Execution.APPLY && request.run().isEmpty()) {
                throw runMissing();
            }
            resolved = surroundings.databases().resolve(request.to());
            tellSettings(resolved, record);
            if (request.execution() == Execution.APPLY) {
                reviewed.checkPresent();
                record.fact(new BackupCheck(request.directory(), request.backup()).run());
            }
        } catch (ProblemException failure) {
            throw failure.withState(NOT_CONNECTED);
        }
        try (UndoTarget target = new UndoTarget(
                resolved,
                surroundings.embedded(clock, request.directory()),
                new Connector(request.connections(), "undo", clock::say))) {
            return request.execution() == Execution.APPLY
                    ? apply(target, request, reviewed, record, clock)
                    : dryRun(target, request, reviewed, record, clock);
        } catch (ProblemException failure) {
            throw failure.withState(state(request));
        }
    }

    private static RuntimeException runMissing() {
        return Problem.of(
                        Code.SETTING_INVALID,
                        "The setting run is missing.",
                        "It says which apply is to be undone, and dbops does not guess.",
                        "See the last runs and their ids: mvn dbops:undo",
                        "Then name one: mvn dbops:undo -Drun=ID")
                .exception();
    }

    private List<Problem> dryRun(
            UndoTarget target, UndoRequest request, UndoReviewed reviewed, UndoRecord record, PhaseClock clock) {
        UndoDryRun dryRun = new UndoDryRun(target, record, clock);
        Attempts attempts = new Attempts(request.connections(), clock::say);
        if (request.run().isEmpty()) {
            record.listed(attempts.run(dryRun::list));
            return List.of();
        }
        UndoDryRun.Result result = attempts.run(() -> dryRun.run(request.run().get()));
        Reversal reversal = result.reversal();
        record.found(reversal);
        WritePrivileges.missing(reversal)
                .forEach(lack -> record.warn(lack.what() + " An apply needs it. " + String.join(" ", lack.next())));
        List<Problem> refusals = new ProtectedRestores(request.words()).among(reversal);
        if (refusals.isEmpty()) {
            reversal.digest()
                    .ifPresent(digest -> reviewed.file().write(review(digest, reversal, result.target(), record)));
        }
        return refusals.stream().map(p -> p.withState(UndoDryRun.STATE)).toList();
    }

    private static UndoReview review(Digest digest, Reversal reversal, String target, UndoRecord record) {
        UndoCounts totals = reversal.totals();
        return new UndoReview(
                digest,
                reversal.run().id(),
                target,
                record.startedAt(),
                record.runId(),
                totals.of(UndoState.RESTORE),
                totals.of(UndoState.DELETE),
                reversal.tableDigests());
    }

    private List<Problem> apply(
            UndoTarget target, UndoRequest request, UndoReviewed reviewed, UndoRecord record, PhaseClock clock) {
        UndoApply apply =
                new UndoApply(target, request, reviewed, surroundings.origin(request.directory()), record, clock);
        String run = request.run().orElseThrow();
        new Attempts(request.connections(), clock::say).run(() -> apply.run(run));
        reviewed.file().delete();
        return List.of();
    }

    private void tellSettings(ResolvedDatabase target, UndoRecord record) {
        record.target(target.url().display());
        surroundings.progress().say("Target: " + target.url().display() + " (" + target.origin() + ")");
        if (target.url() instanceof DatabaseUrl.Server server) {
            server.warnings().forEach(record::warn);
        }
    }

    private static String state(UndoRequest request) {
        return request.execution() == Execution.APPLY ? UndoApply.STATE : UndoDryRun.STATE;
    }
}
