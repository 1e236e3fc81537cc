package io.github.dbops.command.migrate;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.problem.Problem;
import java.util.List;

/** Shows what a deploy would run, and what would keep it from running. A rehearsal on a scratch database belongs here. */
record DeployDryRun(DeployRequest request, MigrationEngine engine, MigrationRecord record, PhaseClock clock) {

    List<Problem> run() {
        clock.phase("status");
        HistoryReading reading = new HistoryReading(engine, request.run().connections(), clock);
        History history = reading.history();
        record.found(history);
        List<Problem> obstacles = reading.obstacles();
        return obstacles.isEmpty() ? new DeployReview(request).problems(history) : obstacles;
    }
}
