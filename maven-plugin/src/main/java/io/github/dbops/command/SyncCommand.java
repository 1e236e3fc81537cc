package io.github.dbops.command;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.postgres.Attempts;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ReportFiles;
import io.github.dbops.report.Review;
import io.github.dbops.report.ReviewFile;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code dbops:sync}: guard, compare, review, apply, report. */
public final class SyncCommand {

    private static final String NOT_CONNECTED = "Nothing was connected to; nothing was changed.";

    private final Surroundings surroundings;

    /** A command wired to its surroundings. */
    public SyncCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs and writes the report files; every problem is in the outcome, none is thrown. */
    public SyncOutcome run(SyncRequest request) {
        PhaseClock clock = new PhaseClock(surroundings.progress());
        SyncRecord record = new SyncRecord(request.execution(), request.plan().orElse("sync-plan.json"));
        List<Problem> problems = new ArrayList<>();
        try {
            problems.addAll(guarded(request, record, clock));
        } catch (ProblemException failure) {
            problems.addAll(failure.problems());
        } catch (SqlFailure failure) {
            problems.add(failure.problem().withState(state(request)));
        }
        return written(record, problems, clock, request.reports());
    }

    /**
     * Reports settings that are no request, in the same files.
     *
     * @param refused what is wrong with them
     * @param reports the folder for reports
     */
    public SyncOutcome reject(ProblemException refused, Path reports) {
        SyncRecord record = new SyncRecord(Execution.DRY_RUN, "sync-plan.json");
        List<Problem> problems =
                new ArrayList<>(refused.withState(NOT_CONNECTED).problems());
        return written(record, problems, new PhaseClock(surroundings.progress()), reports);
    }

    private SyncOutcome written(SyncRecord record, List<Problem> problems, PhaseClock clock, Path reports) {
        SyncOutcome outcome = record.outcome(problems, clock);
        try {
            new ReportFiles(reports, "sync").write(outcome);
            return outcome;
        } catch (ProblemException unwritten) {
            problems.addAll(unwritten.problems());
            return record.outcome(problems, clock);
        }
    }

    private List<Problem> guarded(SyncRequest request, SyncRecord record, PhaseClock clock) {
        Plan plan;
        Reviewed reviewed = new Reviewed(
                new ReviewRules(request.review(), "mvn dbops:sync -DdryRun"), ReviewFile.in(request.reports()));
        List<ResolvedDatabase> resolved;
        try {
            plan = PlanReader.read(PlanFile.locate(request.directory(), request.plan()));
            record.plan(plan);
            ProtectedOverwrites.guard(request.words()).check(plan);
            resolved = surroundings.databases().resolveAll(request.from(), request.to());
            tellSettings(resolved, record);
            if (request.execution() == Execution.APPLY) {
                reviewed.checkPresent();
                record.fact(new BackupCheck(request.directory(), request.backup()).run());
            }
        } catch (ProblemException failure) {
            throw failure.withState(NOT_CONNECTED);
        }
        try (Databases databases = new Databases(
                resolved.get(0),
                resolved.get(1),
                surroundings.embedded(clock, request.directory()),
                new Connector(request.connections(), "sync", clock::say))) {
            return request.execution() == Execution.APPLY
                    ? apply(databases, plan, request, reviewed, record, clock)
                    : dryRun(databases, plan, request, reviewed, record, clock);
        } catch (ProblemException failure) {
            throw failure.withState(state(request));
        }
    }

    private List<Problem> dryRun(
            Databases databases,
            Plan plan,
            SyncRequest request,
            Reviewed reviewed,
            SyncRecord record,
            PhaseClock clock) {
        DryRun dryRun = new DryRun(databases, plan, request, clock);
        DryRun.Result result = new Attempts(request.connections(), clock::say).run(dryRun::run);
        ChangeSet changes = result.changes();
        record.found(changes);
        List<Problem> refusals = new ArrayList<>(changes.refusals());
        refusals.addAll(new ProtectedOverwrites(plan, request.words()).among(changes));
        changes.digest()
                .filter(d -> refusals.isEmpty())
                .ifPresent(digest -> reviewed.file()
                        .write(new Review(
                                digest,
                                plan.hash(),
                                result.identity().source(),
                                result.identity().target(),
                                record.startedAt(),
                                record.runId(),
                                changes.totals().toInsert(),
                                changes.totals().toUpdate(),
                                changes.totals().conflicts(),
                                changes.tableDigests())));
        return refusals.stream().map(p -> p.withState(DryRun.STATE)).toList();
    }

    private List<Problem> apply(
            Databases databases,
            Plan plan,
            SyncRequest request,
            Reviewed reviewed,
            SyncRecord record,
            PhaseClock clock) {
        Apply apply =
                new Apply(databases, plan, request, reviewed, surroundings.origin(request.directory()), record, clock);
        new Attempts(request.connections(), clock::say).run(apply::run);
        reviewed.file().delete();
        return List.of();
    }

    private void tellSettings(List<ResolvedDatabase> resolved, SyncRecord record) {
        ResolvedDatabase source = resolved.get(0);
        ResolvedDatabase target = resolved.get(1);
        record.databases(source.url().display(), target.url().display());
        surroundings.progress().say("Source: " + source.url().display() + " (" + source.origin() + ")");
        surroundings.progress().say("Target: " + target.url().display() + " (" + target.origin() + ")");
        for (ResolvedDatabase database : resolved) {
            if (database.url() instanceof DatabaseUrl.Server server) {
                server.warnings().forEach(record::warn);
            }
        }
    }

    private static String state(SyncRequest request) {
        return request.execution() == Execution.APPLY ? Apply.STATE : DryRun.STATE;
    }
}
