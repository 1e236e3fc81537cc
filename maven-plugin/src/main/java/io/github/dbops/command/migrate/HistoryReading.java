package io.github.dbops.command.migrate;

import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.postgres.Attempts;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Progress;
import java.util.List;

/** Asks an engine what it sees, again where the connection was lost: reading twice does no harm. */
record HistoryReading(MigrationEngine engine, ConnectionPolicy connections, Progress progress) {

    History history() {
        return new Attempts(connections, progress::say).run(engine::history);
    }

    List<Problem> obstacles() {
        return new Attempts(connections, progress::say).run(engine::obstacles);
    }
}
