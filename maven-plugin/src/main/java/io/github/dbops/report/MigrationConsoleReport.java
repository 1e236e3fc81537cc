package io.github.dbops.report;

import io.github.dbops.migration.MigrationOutcome;
import java.util.List;

/**
 * STUB.
 *
 * @param outcome the outcome
 */
public record MigrationConsoleReport(MigrationOutcome outcome) {

    /** STUB. */
    public List<String> lines() {
        return List.of(outcome.runId());
    }
}
