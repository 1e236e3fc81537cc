package io.github.dbops.command;

import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that one run of {@code dbops:init} was asked.
 *
 * @param directory the execution root; relative paths start here
 * @param execution whether the plan is written or only shown
 * @param plan the plan file as given; empty: the default one
 * @param existing what becomes of a plan that is there
 * @param from the source's settings
 * @param to the target's settings
 * @param consulting whether the target's catalog is looked at
 * @param mostRows tables with more rows are not searched for keys
 * @param connections how sessions are opened
 * @param reports the folder for reports
 */
public record InitRequest(
        Path directory,
        Execution execution,
        Optional<String> plan,
        Existing existing,
        DatabaseSettings from,
        DatabaseSettings to,
        Consulting consulting,
        long mostRows,
        ConnectionPolicy connections,
        Path reports) {

    /** What becomes of a plan that is there already. */
    public enum Existing {
        KEEP,
        REPLACE
    }

    /** Whether the target's catalog is looked at for evidence. */
    public enum Consulting {
        /** Where a target is configured and can be reached. */
        AUTO,
        NEVER
    }
}
