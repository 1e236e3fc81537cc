package io.github.dbops.migration.flyway;

import io.github.dbops.postgres.SqlFailure;
import java.util.Optional;

/**
 * One call of Flyway's migrate.
 *
 * @param thrown empty where it went well
 * @param answer the database's, where it is the reason
 * @param running the migration that it stopped at
 */
record Attempt(Optional<RuntimeException> thrown, Optional<SqlFailure> answer, Optional<Running> running) {

    boolean isConnectionFailure() {
        return answer.map(sql -> sql.state().isConnectionFailure()).orElse(false);
    }

    boolean lostAgainstALock() {
        return answer.map(sql -> sql.state().isConcurrencyFailure()).orElse(false)
                && running.map(Running::atomic).orElse(false);
    }

    String name() {
        return running.map(Running::name).orElse("");
    }
}
