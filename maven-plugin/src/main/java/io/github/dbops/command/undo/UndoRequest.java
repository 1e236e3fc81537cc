package io.github.dbops.command.undo;

import io.github.dbops.command.Backup;
import io.github.dbops.command.SyncRequest;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one run of {@code dbops:undo} was asked.
 *
 * @param directory the execution root; relative paths start here
 * @param execution dry-run or apply
 * @param run the id of the apply to be undone; empty: list the last ones
 * @param words what was said about overwriting protected tables
 * @param to the target's settings
 * @param review how an apply knows that what it does was reviewed
 * @param backup what proves a backup before an apply
 * @param connections how sessions are opened
 * @param sideEffects tables that triggers may write beside those that the run's plan allowed, bare or qualified
 * @param reports the folder for reports
 */
public record UndoRequest(
        Path directory,
        Execution execution,
        Optional<String> run,
        SyncRequest.OverwriteWords words,
        DatabaseSettings to,
        SyncRequest.Review review,
        Backup backup,
        ConnectionPolicy connections,
        List<String> sideEffects,
        Path reports) {

    public UndoRequest {
        sideEffects = List.copyOf(sideEffects);
    }
}
