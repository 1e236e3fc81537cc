package io.github.dbops.command.migrate;

import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.ConnectionPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What every migrate goal was asked.
 *
 * @param directory the execution root; relative paths start here
 * @param engine {@code dbops.engine}; empty: found out from the files
 * @param migrations {@code dbops.migrations}; empty: the engine's usual places
 * @param execution {@code dbops.prisma.execution}
 * @param flyway every {@code flyway.*} property that was set, by its whole name
 * @param database the database's settings
 * @param connections how sessions are opened
 * @param settings waiting and trying again
 * @param reports the folder for reports
 */
public record MigrateRequest(
        Path directory,
        Optional<EngineName> engine,
        Optional<String> migrations,
        PrismaExecution execution,
        Map<String, String> flyway,
        DatabaseSettings database,
        ConnectionPolicy connections,
        EngineSettings settings,
        Path reports) {

    public MigrateRequest {
        flyway = Map.copyOf(flyway);
    }

    /** Without Flyway's properties, which may hold anything. */
    @Override
    public String toString() {
        return "migrate request in " + directory;
    }
}
