package io.github.dbops.command;

import io.github.dbops.env.DatabaseResolution;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.postgres.Attempts;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ReportFiles;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.Drafting;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.Survey;
import io.github.dbops.sync.draft.text.DraftFile;
import io.github.dbops.sync.draft.text.PlanText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code dbops:init}: guard, look, draft, write, report. The databases are only read. */
public final class InitCommand {

    private static final String NOT_CONNECTED = "Nothing was connected to; nothing was written.";
    private static final String NOT_WRITTEN = "No plan was written; the databases were only read.";

    private final Surroundings surroundings;

    /** A command wired to its surroundings. */
    public InitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs and writes plan and report files; every problem is in the outcome, none is thrown. */
    public InitOutcome run(InitRequest request) {
        PhaseClock clock = new PhaseClock(surroundings.progress());
        InitRecord record = new InitRecord(request.execution());
        List<Problem> problems = new ArrayList<>();
        try {
            guarded(request, record, clock);
        } catch (ProblemException failure) {
            problems.addAll(failure.withState(NOT_WRITTEN).problems());
        } catch (SqlFailure failure) {
            problems.add(failure.problem().withState(NOT_WRITTEN));
        }
        return written(record, problems, clock, request.reports());
    }

    /**
     * Reports settings that are no request, in the same files.
     *
     * @param refused what is wrong with them
     * @param reports the folder for reports
     */
    public InitOutcome reject(ProblemException refused, Path reports) {
        List<Problem> problems =
                new ArrayList<>(refused.withState(NOT_CONNECTED).problems());
        return written(new InitRecord(Execution.DRY_RUN), problems, new PhaseClock(surroundings.progress()), reports);
    }

    private void guarded(InitRequest request, InitRecord record, PhaseClock clock) {
        DraftFile file;
        ResolvedDatabase source;
        Optional<ResolvedDatabase> target;
        try {
            file = DraftFile.locate(request.directory(), request.plan());
            record.file(file);
            if (request.execution() == Execution.APPLY && request.existing() == InitRequest.Existing.KEEP) {
                file.refuseIfThere();
            }
            DatabaseResolution resolution = surroundings.databases();
            source = resolution.resolve(request.from());
            target = target(request, resolution, record);
            tellSettings(source, target, record);
        } catch (ProblemException failure) {
            throw failure.withState(NOT_CONNECTED);
        }
        Draft draft = draft(request, source, target, record, clock);
        String text = PlanText.of(draft, file.command());
        record.drafted(draft, text);
        if (request.execution() == Execution.APPLY) {
            clock.phase("write");
            List<String> said =
                    request.existing() == InitRequest.Existing.REPLACE ? file.replace(text) : file.create(text);
            said.forEach(record::warn);
        }
    }

    /** The target as far as one is configured; that it is not, or not well, is in nobody's way unless it was named. */
    private static Optional<ResolvedDatabase> target(
            InitRequest request, DatabaseResolution resolution, InitRecord record) {
        if (request.consulting() == InitRequest.Consulting.NEVER) {
            return Optional.empty();
        }
        try {
            return Optional.of(resolution.resolve(request.to()));
        } catch (ProblemException failure) {
            boolean named = request.to().url().isPresent()
                    || request.to().envFile().isPresent()
                    || request.to().server().isPresent();
            if (named) {
                throw failure;
            }
            if (failure.first().code() == Code.DATABASE_URL_MISSING) {
                record.fact("No target is configured, so that its catalog was not looked at.");
            } else {
                record.warn(SourceAndTarget.notLookedAt(failure.first()));
            }
            return Optional.empty();
        }
    }

    private Draft draft(
            InitRequest request,
            ResolvedDatabase source,
            Optional<ResolvedDatabase> target,
            InitRecord record,
            PhaseClock clock) {
        try (StartedServers started = surroundings.embedded(clock, request.directory())) {
            SourceAndTarget databases = new SourceAndTarget(
                    started.reach(source.url()), target.map(t -> started.reach(t.url())), request, record, clock);
            Survey survey = new Attempts(request.connections(), clock::say).run(databases::survey);
            if (survey.tables().isEmpty()) {
                throw nothing(source).exception();
            }
            clock.phase("draft");
            return Drafting.of(named(source.url()), survey);
        }
    }

    private static Problem nothing(ResolvedDatabase source) {
        return Problem.of(
                Code.NOTHING_TO_PLAN,
                "There is no table to plan in " + source.url().display() + ".",
                "The database, or what its role sees of it, has no tables but those that no plan can list.",
                "Check that it is the one you mean; its URL is from " + source.origin() + ".",
                "If its migrations have not run yet: mvn dbops:migrate-deploy -DenvFile=.env");
    }

    // Without host and user: the plan goes into the repository.
    private static String named(DatabaseUrl url) {
        return "the database " + (url instanceof DatabaseUrl.Server server ? server.database() : url.display());
    }

    private void tellSettings(ResolvedDatabase source, Optional<ResolvedDatabase> target, InitRecord record) {
        record.source(source.url().display());
        surroundings.progress().say("Source: " + source.url().display() + " (" + source.origin() + ")");
        target.ifPresent(t -> surroundings
                .progress()
                .say("Target: " + t.url().display() + " (" + t.origin() + "); only its catalog is looked at"));
        if (source.url() instanceof DatabaseUrl.Server server) {
            server.warnings().forEach(record::warn);
        }
        target.map(ResolvedDatabase::url)
                .filter(DatabaseUrl.Server.class::isInstance)
                .map(DatabaseUrl.Server.class::cast)
                .ifPresent(server -> server.warnings().forEach(record::warn));
    }

    private static InitOutcome written(InitRecord record, List<Problem> problems, PhaseClock clock, Path reports) {
        InitOutcome outcome = record.outcome(problems, clock);
        try {
            new ReportFiles(reports, "init").write(outcome);
            return outcome;
        } catch (ProblemException unwritten) {
            problems.addAll(unwritten.problems());
            return record.outcome(problems, clock);
        }
    }
}
