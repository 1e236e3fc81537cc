package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationState;
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
        try (Session outer = LockedSession.open(target)) {
            reading = reader.read();
            review.accept(reading.history());
            refuse(reading);
            indexesBefore.addAll(FailureReport.invalidIndexes(outer));
            journal = journal(reading);
            attempt = untilLocksAllow(journal);
            if (!attempt.isConnectionFailure()) {
                return end(attempt, reading, journal);
            }
        }
        return afterLoss(attempt, reading, journal);
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
                Optional<MigrationFailure> unknown = unknown(attempt, reading.table(), outer);
                if (unknown.isPresent()) {
                    return new Deployment(recorded(journal), unknown);
                }
                attempt = untilLocksAllow(journal);
            } catch (ProblemException unreachable) {
                return lost(attempt, journal, unreachable.first().why()).orElseThrow(() -> unreachable);
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
        if (!attempt.isConnectionFailure()) {
            List<Deployment.Step> steps = recorded(journal);
            Optional<MigrationJournal.Running> open = attempt.running()
                    .filter(running ->
                            steps.stream().noneMatch(step -> step.migration().equals(running.name())));
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
            throw FlywayRefusal.of(refused, target.url().display());
        }
        throw thrown;
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

    // A migration in a transaction is there with its row, or not at all: it may run again. Another one may not.
    private Optional<MigrationFailure> unknown(Attempt attempt, HistoryTable table, Session outer) {
        Optional<MigrationJournal.Running> open = attempt.running().filter(running -> !running.atomic());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        MigrationJournal.Running running = open.get();
        List<Migration> now = reader.history().migrations().stream()
                .filter(migration -> migration.name().equals(running.name()))
                .toList();
        if (now.stream().anyMatch(migration -> migration.state() == MigrationState.APPLIED)) {
            return Optional.empty();
        }
        if (now.stream().noneMatch(migration -> migration.state() == MigrationState.FAILED)) {
            RowValues.of(running.info()).insert(outer, table, RowValues.Outcome.FAILED, "");
        }
        return Optional.of(new FailureReport(asked.project(), target.url().display())
                .unknown(running, attempt.answer().orElseThrow()));
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

    /**
     * One call of Flyway's migrate.
     *
     * @param thrown empty where it went well
     * @param answer the database's, where it is the reason
     * @param running the migration that it stopped at
     */
    private record Attempt(
            Optional<RuntimeException> thrown,
            Optional<SqlFailure> answer,
            Optional<MigrationJournal.Running> running) {

        boolean isConnectionFailure() {
            return answer.map(sql -> sql.state().isConnectionFailure()).orElse(false);
        }

        boolean lostAgainstALock() {
            return answer.map(sql -> sql.state().isConcurrencyFailure()).orElse(false)
                    && running.map(MigrationJournal.Running::atomic).orElse(false);
        }

        String name() {
            return running.map(MigrationJournal.Running::name).orElse("");
        }
    }
}
