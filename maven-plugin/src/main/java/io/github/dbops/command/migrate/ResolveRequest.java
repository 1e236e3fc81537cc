package io.github.dbops.command.migrate;

import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.run.Execution;
import java.util.List;

/**
 * What {@code dbops:resolve} was asked.
 *
 * @param run what every migrate goal was asked
 * @param execution a dry-run checks and shows
 * @param action what is true of the migrations
 * @param names at least one
 */
public record ResolveRequest(MigrateRequest run, Execution execution, Action action, List<String> names) {

    public ResolveRequest {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no migration named");
        }
    }
}
