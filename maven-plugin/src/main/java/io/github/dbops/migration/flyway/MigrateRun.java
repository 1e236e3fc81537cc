package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.postgres.AdvisoryLock;
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
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/**
 * One deploy, under dbops' lock: the history, its review, then Flyway's migrate. Again from the start where a migration
 * that was rolled back lost against a lock, or where the connection was lost and the history shows what is there.
 */
final class MigrateRun {

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
        DeployRefusals.rejected(reader.objections(), reading.history());
    }

    Deployment deploy(Consumer<History> review) {
        Begun begun = begin(review);
        Session outer = begun.outer();
        try {
            HistoryReader.Reading reading = begun.reading();
            MigrationJournal journal = new MigrationJournal(
                    target.progress(),
                    target.settings().lockTimeout(),
                    reading.table(),
                    new MigrationNames(reading.known().stream()
                            .map(HistoryReader.Known::info)
                            .toList()));
            int lost = 0;
            while (true) {
                Attempt attempt = untilLocksAllow(journal);
                if (attempt.thrown().isEmpty()) {
                    return new Deployment(journal.steps(), Optional.empty());
                }
                if (!attempt.isConnectionFailure()) {
                    return failure(attempt, reading, journal);
                }
                if (++lost > target.settings().connectAttempts()) {
                    return outOfReach(attempt, journal);
                }
                tellLost(attempt.answer().orElseThrow());
                outer.close();
                try {
                    outer = lock();
                    Optional<MigrationFailure> unknown = new Aftermath(target, reading, report()).of(attempt, outer);
                    if (unknown.isPresent()) {
                        return new Deployment(recorded(journal), unknown);
                    }
                } catch (SqlFailure | ProblemException again) {
                    target.progress().say("The history could not be read: " + again.getMessage());
                    return outOfReach(attempt, journal);
                }
            }
        } finally {
            outer.close();
        }
    }

    /** Until the first migration, a lost connection has lost nothing. */
    private Begun begin(Consumer<History> review) {
        for (int attempt = 1; ; attempt++) {
            Optional<Session> outer = Optional.empty();
            try {
                outer = Optional.of(lock());
                HistoryReader.Reading reading = reader.read();
                review.accept(reading.history());
                refuse(reading);
                indexesBefore.addAll(FailureReport.invalidIndexes(outer.get()));
                return new Begun(outer.get(), reading);
            } catch (RuntimeException failure) {
                outer.ifPresent(Session::close);
                if (attempt >= target.settings().connectAttempts()
                        || !(failure instanceof SqlFailure sql)
                        || !sql.state().isConnectionFailure()) {
                    throw failure;
                }
                tellLost(sql);
            }
        }
    }

    private void tellLost(SqlFailure failure) {
        target.progress()
                .say("The connection was lost: " + failure.said()
                        + ". Reading the history before anything runs again.");
    }

    private FailureReport report() {
        return new FailureReport(asked.project(), target.url().display());
    }

    /** The lock, and the history under it. */
    private record Begun(Session outer, HistoryReader.Reading reading) {}

    /** The database cannot be asked any more what became of it. */
    private Deployment outOfReach(Attempt attempt, MigrationJournal journal) {
        SqlFailure lost = attempt.answer().orElseThrow();
        if (attempt.running().isPresent()) {
            Running running = attempt.running().get();
            List<Deployment.Step> before = journal.steps().stream()
                    .filter(step -> !step.migration().equals(running.name()))
                    .toList();
            return new Deployment(before, Optional.of(report().unknown(running, lost)));
        }
        throw lost.problem().withState(applied(journal.steps())).exception(lost);
    }

    private Session lock() {
        Session session = target.connector().open(target.url());
        try {
            AdvisoryLock.FLYWAY.acquire(session, target.settings().patience(), target.progress()::say);
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private Attempt untilLocksAllow(MigrationJournal journal) {
        Attempt[] last = {attempt(journal, List.of())};
        while (last[0].lostAgainstALock()) {
            Attempt stuck = last[0];
            int tries = target.settings().lockAttempts() - 1;
            if (tries < 1) {
                return stuck;
            }
            List<String> notes = new ArrayList<>();
            wait(stuck, 2, notes);
            Attempt next = new Backoff(tries, Duration.ofMillis(500))
                    .run(
                            () -> attempt(journal, notes),
                            again -> again.lostAgainstALock() && again.name().equals(stuck.name()),
                            number -> wait(stuck, number + 1, notes));
            if (next.lostAgainstALock() && next.name().equals(stuck.name())) {
                return next;
            }
            last[0] = next;
        }
        return last[0];
    }

    private void wait(Attempt stuck, int number, List<String> notes) {
        String words = stuck.answer().orElseThrow().said();
        notes.add("It was rolled back and tried again: " + words + ".");
        target.progress()
                .say("Migration " + stuck.name() + " was rolled back: " + words + ". Try " + number + " of "
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
        List<Deployment.Step> steps = recorded(journal);
        Optional<Running> open = attempt.running()
                .filter(running -> steps.stream().noneMatch(step -> step.migration().equals(running.name())));
        if (open.isPresent()) {
            return new Deployment(steps, Optional.of(report().failed(open.get(), thrown, newInvalidIndexes())));
        }
        Optional<MigrationFailure> callback = report().callback(thrown);
        if (callback.isPresent()) {
            return new Deployment(steps, callback);
        }
        if (thrown instanceof FlywayException refused) {
            if (refused.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw DeployRefusals.notEmpty(reading.table(), FlywayRefusal.words(refused));
            }
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
        if (refused instanceof SqlFailure sql) {
            return sql.problem().withState(applied(steps)).exception(sql);
        }
        return refused instanceof ProblemException problem ? problem.withState(applied(steps)) : refused;
    }

    private static String applied(List<Deployment.Step> steps) {
        return "Applied by this run: "
                + (steps.isEmpty()
                        ? "nothing"
                        : steps.stream().map(Deployment.Step::migration).collect(Collectors.joining(", ")))
                + ".";
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
