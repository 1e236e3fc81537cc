package io.github.dbops.command.migrate;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.command.StartedServers;
import io.github.dbops.command.Surroundings;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.ResolvedDatabase;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.migration.flyway.FlywayEngine;
import io.github.dbops.migration.flyway.FlywaySettings;
import io.github.dbops.migration.prisma.PrismaEngine;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ReportFiles;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the three migrate goals do alike: find the files and the database, choose the engine, report. */
final class MigrateRun {

    private static final String NOT_CONNECTED = "Nothing was connected to; nothing was changed.";

    private final Surroundings surroundings;
    private final ModuleClassPath classPath;

    /**
     * A run wired to its surroundings.
     *
     * @param classPath where Java migrations come from
     */
    MigrateRun(Surroundings surroundings, ModuleClassPath classPath) {
        this.surroundings = surroundings;
        this.classPath = classPath;
    }

    /** One goal's own work. */
    interface Work {

        /**
         * Does it, and tells the record.
         *
         * @return what went wrong
         */
        List<Problem> with(MigrationEngine engine, EngineTarget target, MigrationRecord record, PhaseClock clock);

        /** What is true of the database where the work ended in an exception that does not say. */
        String state();
    }

    /** Runs a goal and writes the report files; every problem is in the outcome, none is thrown. */
    MigrationOutcome run(MigrationGoal goal, Execution execution, MigrateRequest request, Work work) {
        PhaseClock clock = new PhaseClock(surroundings.progress());
        MigrationRecord record = new MigrationRecord(goal, execution);
        List<Problem> problems = new ArrayList<>();
        try {
            problems.addAll(guarded(goal, request, work, record, clock));
        } catch (ProblemException failure) {
            problems.addAll(failure.problems());
        } catch (SqlFailure failure) {
            problems.add(failure.problem().withState(work.state()));
        }
        return written(goal, record, problems, clock, request.reports());
    }

    /** Reports settings that are no request, in the same files. */
    MigrationOutcome reject(MigrationGoal goal, ProblemException refused, Path reports) {
        List<Problem> problems =
                new ArrayList<>(refused.withState(NOT_CONNECTED).problems());
        MigrationRecord record = new MigrationRecord(goal, Execution.DRY_RUN);
        return written(goal, record, problems, new PhaseClock(surroundings.progress()), reports);
    }

    private List<Problem> guarded(
            MigrationGoal goal, MigrateRequest request, Work work, MigrationRecord record, PhaseClock clock) {
        MigrationFiles files;
        ResolvedDatabase database;
        try {
            files = MigrationFiles.find(request.directory(), request.engine(), request.migrations());
            record.files(files);
            database = surroundings.databases().resolve(request.database());
            // Not before: a URL with a password in it has been refused by now.
            record.again(request.again());
            tellSettings(files, database, record);
        } catch (ProblemException failure) {
            throw failure.withState(NOT_CONNECTED);
        }
        try (StartedServers started = surroundings.embedded(clock, request.directory())) {
            EngineTarget target = new EngineTarget(
                    started.reach(database.url()),
                    new Connector(request.connections(), goal.word(), clock::say),
                    request.settings(),
                    clock);
            return work.with(engine(files, target, request), target, record, clock);
        } catch (ProblemException failure) {
            throw failure.withState(work.state());
        }
    }

    private MigrationEngine engine(MigrationFiles files, EngineTarget target, MigrateRequest request) {
        if (files.engine() == EngineName.PRISMA) {
            return new PrismaEngine(files, target, request.execution());
        }
        return new FlywayEngine(
                files,
                target,
                new FlywaySettings(
                        request.directory(),
                        request.flyway(),
                        surroundings.environment(),
                        classPath,
                        surroundings.origin(request.directory())));
    }

    private void tellSettings(MigrationFiles files, ResolvedDatabase database, MigrationRecord record) {
        record.target(database.url().display());
        surroundings
                .progress()
                .say("Migrations: " + files.display() + " (" + files.engine().title() + ")");
        surroundings.progress().say("Database:   " + database.url().display() + " (" + database.origin() + ")");
        if (database.url() instanceof DatabaseUrl.Server server) {
            server.warnings().forEach(record::warn);
        }
    }

    private static MigrationOutcome written(
            MigrationGoal goal, MigrationRecord record, List<Problem> problems, PhaseClock clock, Path reports) {
        MigrationOutcome outcome = record.outcome(problems, clock);
        try {
            new ReportFiles(reports, goal.word()).write(outcome);
            return outcome;
        } catch (ProblemException unwritten) {
            problems.addAll(unwritten.problems());
            return record.outcome(problems, clock);
        }
    }
}
