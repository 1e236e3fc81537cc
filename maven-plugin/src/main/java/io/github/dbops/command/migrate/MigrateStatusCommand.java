package io.github.dbops.command.migrate;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.util.List;

/** {@code dbops:migrate-status}: files and history side by side. */
public final class MigrateStatusCommand {

    private final MigrateRun run;

    /**
     * A command wired to its surroundings.
     *
     * @param classPath where Java migrations come from
     */
    public MigrateStatusCommand(Surroundings surroundings, ModuleClassPath classPath) {
        this.run = new MigrateRun(surroundings, classPath);
    }

    /** Runs and writes the report files; every problem is in the outcome, none is thrown. */
    public MigrationOutcome run(StatusRequest request) {
        return run.run(MigrationGoal.STATUS, Execution.DRY_RUN, request.run(), new Status(request));
    }

    /** Reports settings that are no request, in the same files. */
    public MigrationOutcome reject(ProblemException refused, Path reports) {
        return run.reject(MigrationGoal.STATUS, refused, reports);
    }

    private record Status(StatusRequest request) implements MigrateRun.Work {

        @Override
        public List<Problem> with(
                MigrationEngine engine, EngineTarget target, MigrationRecord record, PhaseClock clock) {
            clock.phase("status");
            HistoryReading reading = new HistoryReading(engine, request.run().connections(), clock);
            History history = reading.history();
            record.found(history);
            reading.obstacles().stream()
                    .map(o -> "A deploy would be refused now: " + o.code().id() + " " + o.what())
                    .forEach(record::warn);
            return new Soundness(history, failing -> fails(failing)).problems();
        }

        private boolean fails(Migration migration) {
            boolean asked = switch (migration.state()) {
                case FAILED -> request.failOn().contains(FailOn.FAILED);
                case MODIFIED -> request.failOn().contains(FailOn.MODIFIED);
                case MISSING -> request.failOn().contains(FailOn.MISSING);
                default -> false;
            };
            return asked || (migration.pending() && request.failOn().contains(FailOn.PENDING));
        }

        @Override
        public String state() {
            return "Nothing was changed: a status only reads.";
        }
    }
}
