package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** One deploy under Prisma's lock: look, be reviewed, run what is pending until it is done or something fails. */
final class Deploy {

    private static final Duration WORTH_A_LINE = Duration.ofSeconds(1);

    private final PrismaFiles files;
    private final EngineTarget target;
    private final PrismaExecution execution;
    private final Consumer<History> review;

    Deploy(PrismaFiles files, EngineTarget target, PrismaExecution execution, Consumer<History> review) {
        this.files = files;
        this.target = target;
        this.execution = execution;
        this.review = review;
    }

    Deployment run() {
        files.mustBeForPostgres();
        try (LockedSession database = new LockedSession(target)) {
            Ready ready = begin(database);
            List<Step> steps = new ArrayList<>();
            for (PrismaFile file : ready.pending()) {
                target.progress()
                        .say("Applying " + file.name() + " (" + (steps.size() + 1) + " of "
                                + ready.pending().size() + ") …");
                if (database.wasLost() && isDoneByOthers(database.session(), ready.table(), file)) {
                    target.progress().say("  Another run has applied it while the connection was lost.");
                    continue;
                }
                if (file.script().isEmpty()) {
                    return stopped(steps, new FailureWriter(file, ready.table()).fileMissing());
                }
                MigrationRun.Ending ending = new MigrationRun(database, target, execution, ready.table(), file).run();
                if (ending.failure().isPresent()) {
                    return stopped(steps, ending.failure().get());
                }
                ending.step().ifPresent(step -> {
                    steps.add(step);
                    tell(step);
                });
                if (file.script().get().mayReleaseLocks()) {
                    database.lockAgain();
                }
            }
            return new Deployment(steps, Optional.empty());
        }
    }

    /**
     * Whoever had the lock meanwhile may have gone on where this run was.
     *
     * @throws ProblemException HISTORY_HAS_FAILED where that run failed
     */
    private static boolean isDoneByOthers(Session session, HistoryTable table, PrismaFile file) {
        List<PrismaRow> rows = table.rows(session);
        List<PrismaRow> failed = rows.stream().filter(PrismaRow::isFailed).toList();
        if (!failed.isEmpty()) {
            throw FailedRows.problem(failed)
                    .withState("Another run was here while this one did not hold the lock; what is applied stays.")
                    .exception();
        }
        return rows.stream().anyMatch(row -> row.name().equals(file.name()) && !row.isRolledBack());
    }

    /** The reviewed migrations, and the table that is there now. */
    private record Ready(HistoryTable table, List<PrismaFile> pending) {}

    private static Deployment stopped(List<Step> steps, MigrationFailure failure) {
        return new Deployment(steps, Optional.of(failure));
    }

    private void tell(Step step) {
        if (step.took().compareTo(WORTH_A_LINE) >= 0 || step.manner() != Manner.TRANSACTION) {
            target.progress()
                    .say(String.format(
                            Locale.ROOT,
                            "Applied %s in %.1f s, %s.",
                            step.migration(),
                            step.took().toMillis() / 1000.0,
                            step.manner().word()));
        }
    }

    /** Until the first row is written, a lost connection has lost nothing. */
    private Ready begin(LockedSession database) {
        for (int attempt = 1; ; attempt++) {
            try {
                database.open();
                return reviewed(database.session());
            } catch (SqlFailure failure) {
                if (!failure.state().isConnectionFailure()
                        || attempt >= target.settings().connectAttempts()) {
                    throw failure;
                }
                target.progress().say("The connection was lost: " + failure.said() + ". Connecting anew.");
            }
        }
    }

    private Ready reviewed(Session session) {
        Situation situation = Situation.read(files.all(), session, target.url());
        List<PrismaFile> pending = situation.pending();
        PendingOrder order = new PendingOrder(pending);
        List<Problem> obstacles = new Obstacles(situation, session).all(situation.failed());
        if (!obstacles.isEmpty()) {
            throw new ProblemException(obstacles, null).withState("Nothing was run; nothing was changed.");
        }
        List<String> warnings = order.warning().stream().toList();
        review.accept(new Verdicts(situation, Optional.empty()).history(execution, warnings));
        return new Ready(situation.table().orElseGet(() -> create(session, situation)), pending);
    }

    private static HistoryTable create(Session session, Situation situation) {
        session.execute("BEGIN");
        try {
            HistoryTable table = HistoryTable.create(session, situation.schema().orElseThrow());
            session.commit();
            return table;
        } catch (SqlFailure failure) {
            session.rollback();
            throw failure;
        }
    }
}
