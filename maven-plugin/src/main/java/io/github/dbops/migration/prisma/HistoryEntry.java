package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.Session;
import java.util.Optional;

/**
 * One migration's new row in the history.
 *
 * @param table where
 * @param id the row's
 * @param file the migration
 * @param script its script
 */
record HistoryEntry(HistoryTable table, String id, PrismaFile file, MigrationScript script) {

    void start(Session session) {
        table.start(session, id, file.name(), script.checksum());
    }

    boolean finishAndCommit(LockedSession database, String marker) {
        return table.finishAndCommit(database.session(), database.state(), id, marker);
    }

    void finish(LockedSession database) {
        database.session()
                .execute(SessionState.BECOME_OURSELVES + "; " + database.state().forget());
        table.finish(database.session(), id);
    }

    void fail(LockedSession database, String logs) {
        database.session()
                .execute(SessionState.BECOME_OURSELVES + "; " + database.state().forget());
        table.fail(database.session(), id, logs);
    }

    Optional<PrismaRow> row(Session session) {
        return table.row(session, id);
    }

    /** Whether another row says that the migration was begun by another run. */
    boolean isBegunByOthers(Session session) {
        return table.rows(session).stream()
                .anyMatch(row -> row.name().equals(file.name()) && !row.id().equals(id) && !row.isRolledBack());
    }
}
