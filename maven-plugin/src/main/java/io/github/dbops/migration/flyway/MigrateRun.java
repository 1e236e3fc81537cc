package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.postgres.Backoff;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * One deploy, under dbops' lock: the history, its review, then Flyway's migrate. Again from the start where a migration
 * that was rolled back lost against a lock, or where the connection was lost and the history shows what is there.
 */
final class MigrateRun {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final EngineTarget target;
    private final EffectiveSettings settings;
    private final FlywaySettings asked;
    private final HistoryReader reader;
    private final List<String> indexesBefore = new ArrayList<>();

    MigrateRun(EngineTarget target, EffectiveSettings settings, FlywaySettings asked) {
        this.target = target;
        this.settings = settings;
        this.asked = asked;
        this.reader = new HistoryReader(target, settings, asked);
    }

    List<Problem> obstacles() {
        try {
            refuse(reader.read());
            return List.of();
        } catch (ProblemException refused) {
            return refused.problems();
        }
    }

    private void refuse(HistoryReader.Reading reading) {
        DeployRefusals.failed(reading, reading.flyway().getConfiguration());
        DeployRefusals.notEmpty(reading);
        DeployRefusals.rejected(reader.objections(), reading.history());
    }

    Deployment deploy(Consumer<History> review) {
        HistoryReader.Reading reading;
        MigrationJournal journal;
        Attempt attempt;
        try (Begun begun = begin(review)) {
            reading = begun.reading();
            indexesBefore.addAll(begun.invalidIndexes());
            journal = journal(reading);
            attempt = untilLocksAllow(journal);
            if (!attempt.isConnectionFailure()) {
                return end(attempt, reading, journal);
            }
        }
        return afterLoss(attempt, reading, journal);
    }

    /** Until the first migration, a lost connection has lost nothing. */
    private Begun begin(Consumer<History> review) {
        for (int attempt = 1; ; attempt++) {
            Session outer = LockedSession.open(target);
            try {
                HistoryReader.Reading reading = reader.read();
                review.accept(reading.history());
                refuse(reading);
                return new Begun(outer, reading, FailureReport.invalidIndexes(outer));
            } catch (RuntimeException failure) {
                outer.close();
                if (attempt >= target.settings().connectAttempts()
                        || !(failure instanceof SqlFailure sql)
                        || !sql.state().isConnectionFailure()) {
                    throw failure;
                }
                target.progress().say("The connection was lost: " + sql.said() + ". Connecting anew.");
            }
        }
    }

    /** The lock, and what is there under it. */
    private record Begun(Session outer, HistoryReader.Reading reading, List<String> invalidIndexes)
            implements AutoCloseable {

        @Override
        public void close() {
            outer.close();
        }
    }

    private MigrationJournal journal(HistoryReader.Reading reading) {
        return new MigrationJournal(
                target.progress(),
                target.settings().lockTimeout(),
                reading.table(),
                new MigrationNames(
                        reading.known().stream().map(HistoryReader.Known::info).toList()));
    }

    // Under the lock again, taken by a new session: the first one may be lost, too, without knowing it yet.
    private Deployment afterLoss(Attempt first, HistoryReader.Reading reading, MigrationJournal journal) {
        Attempt attempt = first;
        for (int lost = 1; attempt.isConnectionFailure(); lost++) {
            SqlFailure answer = attempt.answer().orElseThrow();
            if (lost > target.settings().connectAttempts()) {
                return end(attempt, reading, journal);
            }
            target.progress()
                    .say("The connection was lost: " + answer.said()
                            + ". Reading the history before anything runs again.");
            try (Session outer = LockedSession.open(target)) {
                Optional<MigrationFailure> unknown = new Aftermath(
                                target,
                                reading,
                                new FailureReport(asked.project(), target.url().display()))
                        .of(attempt, outer);
                if (unknown.isPresent()) {
                    return new Deployment(recorded(journal), unknown);
                }
                attempt = untilLocksAllow(journal);
            } catch (ProblemException unreachable) {
                return lost(attempt, journal, unreachable.first().why()).orElseThrow(() -> unreachable);
            } catch (SqlFailure again) {
                return lost(attempt, journal, again.said()).orElseThrow(() -> again);
            }
        }
        return end(attempt, reading, journal);
    }

    private Deployment end(Attempt attempt, HistoryReader.Reading reading, MigrationJournal journal) {
        return attempt.thrown().isEmpty()
                ? new Deployment(journal.steps(), Optional.empty())
                : failure(attempt, reading, journal);
    }

    // What was begun is told, although nobody can be asked what became of it.
    private Optional<Deployment> lost(Attempt attempt, MigrationJournal journal, String why) {
        FailureReport report = new FailureReport(asked.project(), target.url().display());
        return attempt.running()
                .map(running -> new Deployment(
                        journal.steps().stream()
                                .filter(step -> !step.migration().equals(running.name()))
                                .toList(),
                        Optional.of(report.lost(running, attempt.answer().orElseThrow(), why))));
    }

    // Each migration has its tries: one that got through gives the next one all of them.
    private Attempt untilLocksAllow(MigrationJournal journal) {
        while (true) {
            List<Attempt> stuck = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            Attempt last = new Backoff(Math.max(1, target.settings().lockAttempts()), FIRST_WAIT)
                    .run(
                            () -> attempt(journal, notes),
                            attempt -> attempt.lostAgainstALock() && stuck.add(attempt),
                            number -> tellRetry(stuck.get(stuck.size() - 1), number, notes));
            if (!last.lostAgainstALock() || last.name().equals(stuck.get(0).name())) {
                return last;
            }
        }
    }

    private void tellRetry(Attempt lost, int number, List<String> notes) {
        String words = lost.answer().orElseThrow().said();
        notes.add("It was rolled back and tried again: " + words + ".");
        target.progress()
                .say("Migration " + lost.name() + " was rolled back: " + words + ". Try " + number + " of "
                        + target.settings().lockAttempts() + ".");
    }

    private Attempt attempt(MigrationJournal journal, List<String> notes) {
        journal.begin(notes);
        try (FlywayTool tool = new FlywayTool(target, settings, asked.classPath())) {
            Flyway flyway = tool.writing(journal);
            try {
                journal.recorded(flyway.migrate());
                return new Attempt(Optional.empty(), Optional.empty(), Optional.empty());
            } catch (RuntimeException thrown) {
                return new Attempt(
                        Optional.of(thrown),
                        FlywayRefusal.sql(thrown, target.url().display()),
                        journal.running());
            } finally {
                tool.warnings().forEach(target.progress()::say);
            }
        }
    }

    private Deployment failure(Attempt attempt, HistoryReader.Reading reading, MigrationJournal journal) {
        RuntimeException thrown = attempt.thrown().orElseThrow();
        FailureReport report = new FailureReport(asked.project(), target.url().display());
        List<Deployment.Step> steps = journal.steps();
        if (!attempt.isConnectionFailure()) {
            steps = recorded(journal);
            List<Deployment.Step> there = steps;
            Optional<Running> open = attempt.running()
                    .filter(running ->
                            there.stream().noneMatch(step -> step.migration().equals(running.name())));
            if (open.isPresent()) {
                return new Deployment(steps, Optional.of(report.failed(open.get(), thrown, newInvalidIndexes())));
            }
            Optional<MigrationFailure> callback = report.callback(thrown);
            if (callback.isPresent()) {
                return new Deployment(steps, callback);
            }
        }
        if (attempt.isConnectionFailure() && attempt.running().isPresent()) {
            return lost(attempt, journal, attempt.answer().orElseThrow().said()).orElseThrow();
        }
        if (thrown instanceof FlywayException refused) {
            if (attempt.answer().isEmpty()) {
                checkLock(reading.table());
            }
            throw afterSteps(FlywayRefusal.of(refused, target.url().display()), steps);
        }
        throw afterSteps(thrown, steps);
    }

    private static RuntimeException afterSteps(RuntimeException refused, List<Deployment.Step> steps) {
        if (steps.isEmpty()) {
            return refused;
        }
        String state = "Applied by this run: "
                + steps.stream().map(Deployment.Step::migration).collect(Collectors.joining(", ")) + ".";
        if (refused instanceof SqlFailure sql) {
            return sql.problem().withState(state).exception(sql);
        }
        return refused instanceof ProblemException problem ? problem.withState(state) : refused;
    }

    // What Flyway says where it waited in vain for its lock has no type of its own; that somebody holds it, tells.
    private void checkLock(HistoryTable table) {
        try (Session session = target.connector().open(target.url())) {
            table.lock().acquire(session, Duration.ofSeconds(1), line -> {});
        }
    }

    // In a session of its own: the one that holds the lock may be gone after a long migration.
    private List<String> newInvalidIndexes() {
        try (Session session = target.connector().open(target.url())) {
            List<String> left = new ArrayList<>(FailureReport.invalidIndexes(session));
            left.removeAll(indexesBefore);
            return left;
        }
    }

    // With flyway.group, migrations that came to their end are rolled back with the one that failed.
    private List<Deployment.Step> recorded(MigrationJournal journal) {
        Set<String> there = reader.history().migrations().stream()
                .filter(migration -> !migration.rows().isEmpty())
                .map(Migration::name)
                .collect(Collectors.toSet());
        return journal.steps().stream()
                .filter(step -> there.contains(step.migration()))
                .toList();
    }
}
