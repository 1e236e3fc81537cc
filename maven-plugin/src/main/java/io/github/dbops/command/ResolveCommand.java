package io.github.dbops.command;

import io.github.dbops.env.ServerCredentials;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import java.util.Map;

/** STUB until the real one is merged. */
public final class ResolveCommand {

    /** STUB. */
    public ResolveCommand(
            Map<String, String> environment,
            ServerCredentials servers,
            EmbeddedBinaries binaries,
            ModuleClassPath classPath,
            Progress progress) {}

    /** STUB. */
    public MigrationOutcome run(ResolveRequest request) {
        throw new UnsupportedOperationException(request.toString());
    }

    /** STUB. */
    public MigrationOutcome reject(ProblemException refused, Path reports) {
        throw refused;
    }
}
