package io.github.dbops.migration.flyway;

import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.run.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** Corrects Flyway's history: the rows of all names in one transaction, under dbops' lock and Flyway's own. */
final class Resolver {

    private final EngineTarget target;
    private final EffectiveSettings settings;
    private final FlywaySettings asked;
    private final HistoryReader reader;
    private List<ResolveRules.Correction> written = List.of();

    Resolver(EngineTarget target, EffectiveSettings settings, FlywaySettings asked) {
        this.target = target;
        this.settings = settings;
        this.asked = asked;
        this.reader = new HistoryReader(target, settings, asked);
    }

    List<Resolution> resolve(Resolution.Action action, List<String> names, Execution execution) {
        List<String> distinct = names.stream().distinct().toList();
        if (execution == Execution.DRY_RUN) {
            HistoryReader.Reading reading = reader.read();
            return new ResolveRules(reading)
                    .check(action, distinct).stream()
                            .map(correction -> correction.expected(action))
                            .toList();
        }
        for (int attempt = 1; ; attempt++) {
            try (Session session = LockedSession.open(target)) {
                return apply(session, action, distinct);
            } catch (SqlFailure lost) {
                if (!lost.state().isConnectionFailure()
                        || attempt >= target.settings().connectAttempts()) {
                    throw lost;
                }
                target.progress().say("The connection was lost: " + lost.said() + ". Connecting anew.");
            }
        }
    }

    private List<Resolution> apply(Session session, Resolution.Action action, List<String> names) {
        AdvisoryLock flyways = reader.read().table().lock();
        // Before the rows are read: a session that lost its client may still be writing.
        flyways.acquire(session, target.settings().patience(), target.progress()::say);
        HistoryReader.Reading reading = reader.read();
        if (isWritten(session, reading)) {
            return seen(action, written);
        }
        List<ResolveRules.Correction> corrections = new ResolveRules(reading).check(action, names);
        if (corrections.stream().noneMatch(correction -> correction.changes(action))) {
            return corrections.stream()
                    .map(correction -> correction.expected(action))
                    .toList();
        }
        if (action == Resolution.Action.ROLLED_BACK
                || corrections.stream().anyMatch(ResolveRules.Correction::deletes)) {
            new ResolutionTable(session).prepare();
        }
        if (!reading.exists()) {
            // Flyway takes its own lock.
            flyways.release(session);
            create();
            flyways.acquire(session, target.settings().patience(), target.progress()::say);
            reading = reader.read();
        }
        written = corrections;
        write(session, action, corrections, reading);
        flyways.release(session);
        return seen(action, corrections);
    }

    /** The connection was lost at the commit, and the commit was not. */
    private boolean isWritten(Session session, HistoryReader.Reading reading) {
        return !written.isEmpty()
                && reading.exists()
                && written.stream()
                        .flatMap(correction -> correction.info().stream())
                        .allMatch(info -> reading.table()
                                .newest(session, RowValues.of(info))
                                .filter(RowValues.Outcome.SUCCESS::equals)
                                .isPresent());
    }

    private void create() {
        try (FlywayTool tool = new FlywayTool(target, settings, asked.classPath())) {
            tool.creating().migrate();
        } catch (FlywayException refused) {
            throw FlywayRefusal.of(refused, target.url().display());
        }
    }

    private void write(
            Session session,
            Resolution.Action action,
            List<ResolveRules.Correction> corrections,
            HistoryReader.Reading reading) {
        session.begin(Session.Transaction.READ_COMMITTED);
        try {
            ResolutionTable trace = new ResolutionTable(session);
            for (ResolveRules.Correction correction : corrections) {
                if (!correction.changes(action)) {
                    continue;
                }
                Optional<String> deleted = correction.failedRank().flatMap(rank -> delete(session, reading, rank));
                if (action == Resolution.Action.APPLIED) {
                    RowValues.of(correction.info().orElseThrow())
                            .insert(
                                    session,
                                    reading.table(),
                                    RowValues.Outcome.SUCCESS,
                                    Optional.ofNullable(reading.flyway()
                                                    .getConfiguration()
                                                    .getInstalledBy())
                                            .orElse(""));
                }
                if (deleted.isPresent()) {
                    trace.record(reading.table(), correction.name(), action, asked.origin(), deleted.get());
                }
            }
            session.commit();
        } catch (RuntimeException failure) {
            session.rollback();
            throw failure;
        }
    }

    private static Optional<String> delete(Session session, HistoryReader.Reading reading, int rank) {
        return session.first(
                "DELETE FROM " + reading.table().quoted() + " AS gone WHERE installed_rank = ? AND NOT success "
                        + "RETURNING to_jsonb(gone)::text",
                row -> row.getString(1),
                rank);
    }

    private List<Resolution> seen(Resolution.Action action, List<ResolveRules.Correction> corrections) {
        List<Migration> now = reader.history().migrations();
        List<Resolution> resolutions = new ArrayList<>();
        for (ResolveRules.Correction correction : corrections) {
            Resolution expected = correction.expected(action);
            Migration after = now.stream()
                    .filter(migration -> migration.name().equals(correction.name()))
                    .filter(migration -> action == Resolution.Action.APPLIED
                            ? !migration.rows().isEmpty() && migration.state() != MigrationState.SUPERSEDED
                            : migration.state() == MigrationState.ROLLED_BACK)
                    .reduce((earlier, later) -> later)
                    .orElse(expected.after());
            resolutions.add(new Resolution(correction.name(), action, expected.before(), after));
        }
        return resolutions;
    }
}
