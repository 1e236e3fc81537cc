package io.github.dbops.migration.flyway;

import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import java.util.Optional;

/**
 * What a lost connection has left. A migration in a transaction is there with its row, or not at all: it may run again.
 * One that was not in a transaction has left its mark, and runs again only where none of its statements was sent.
 *
 * @param reading the history as the run found it
 * @param report for what cannot be told
 */
record Aftermath(EngineTarget target, HistoryReader.Reading reading, FailureReport report) {

    /**
     * Looks, and completes what is known to be done.
     *
     * @param session holds dbops' own lock
     * @return empty: Flyway may go on
     */
    Optional<MigrationFailure> of(Attempt attempt, Session session) {
        Optional<Running> open = attempt.running().filter(running -> !running.atomic());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        // When it is had, the lost session has ended, and so has whatever it was doing.
        AdvisoryLock flyways = reading.table().lock();
        flyways.acquire(session, target.settings().patience(), target.progress()::say);
        try {
            return of(open.get(), attempt.answer().orElseThrow(), session);
        } finally {
            flyways.release(session);
        }
    }

    private Optional<MigrationFailure> of(Running running, SqlFailure lost, Session session) {
        RowValues values = RowValues.of(running.info());
        HistoryTable table = reading.table();
        Optional<RowValues.Outcome> row = table.newest(session, values);
        if (row.filter(RowValues.Outcome.SUCCESS::equals).isPresent()) {
            return Optional.empty();
        }
        if (running.isAnswered() || !running.isMarked()) {
            session.begin(Session.Transaction.READ_COMMITTED);
            table.removeMark(session, values);
            if (running.isAnswered()) {
                values.insert(
                        session,
                        table,
                        RowValues.Outcome.SUCCESS,
                        Optional.ofNullable(reading.flyway().getConfiguration().getInstalledBy())
                                .orElse(""));
            }
            session.commit();
            return Optional.empty();
        }
        if (row.isEmpty()) {
            values.insert(session, table, RowValues.Outcome.FAILED, "");
        }
        return Optional.of(report.unknown(running, lost));
    }
}
