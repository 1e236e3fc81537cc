package io.github.dbops.command.migrate;

import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MavenCommand;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.SameDatabaseOptions;
import io.github.dbops.postgres.ConnectionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** What a command must be told to work on the same database and the same migrations. */
    SameDatabaseOptions again() {
        List<String> options = new ArrayList<>();
        add(options, "envFile", database.envFile());
        add(options, "dbops.url", database.url());
        add(options, "dbops.server", database.server());
        add(options, "dbops.engine", engine.map(EngineName::word));
        add(options, "dbops.migrations", migrations);
        return new SameDatabaseOptions(options);
    }

    private static void add(List<String> options, String property, Optional<String> value) {
        value.map(said -> MavenCommand.property(property, said)).ifPresent(options::add);
    }

    /** Without Flyway's properties, which may hold anything. */
    @Override
    public String toString() {
        return "migrate request in " + directory;
    }
}
