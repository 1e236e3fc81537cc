package io.github.dbops.mojo;

import io.github.dbops.command.migrate.MigrateRequest;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.problem.Problem;
import io.github.dbops.report.MigrationConsoleReport;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that handle migrations: which database, whose migrations, how they are run. */
abstract class MigratingMojo extends ConnectingMojo {

    /** The env file that names the database. Default: {@code .env.production}. Example: {@code -DenvFile=.env}. */
    @Parameter(property = "envFile")
    @Nullable
    String envFile;

    /**
     * The database's URL, without a password: give that in an env file, in {@code DBOPS_URL}, or through
     * {@code dbops.server}. Default: none, the env file names it. Example:
     * {@code -Ddbops.url=postgresql://deploy@db.example.com/shop}.
     */
    @Parameter(property = "dbops.url")
    @Nullable
    String url;

    /**
     * The server in {@code settings.xml} that holds user and password. Default: none. Example:
     * {@code -Ddbops.server=shop-production}.
     */
    @Parameter(property = "dbops.server")
    @Nullable
    String server;

    /**
     * Whose migrations they are: {@code prisma}, {@code flyway}, or {@code auto}, which finds out from the files.
     * Default: {@code auto}. Example: {@code -Ddbops.engine=flyway}.
     */
    @Parameter(property = "dbops.engine", defaultValue = "auto")
    @Nullable
    String engine;

    /**
     * The folder that holds the migrations. Default: {@code prisma/migrations}, {@code db/migration} or
     * {@code src/main/resources/db/migration}, whichever is there. Example: {@code -Ddbops.migrations=db/prisma}.
     */
    @Parameter(property = "dbops.migrations")
    @Nullable
    String migrations;

    /**
     * How Prisma's migrations are sent: {@code file}, in one transaction each; {@code statement}, one statement after
     * the other; {@code auto}, as a file, and by statement only where PostgreSQL says that one transaction cannot be.
     * Default: {@code auto}. Example: {@code -Ddbops.prisma.execution=statement}.
     */
    @Parameter(property = "dbops.prisma.execution", defaultValue = "auto")
    @Nullable
    String prismaExecution;

    /**
     * How often a migration that can be rolled back is tried in all when locks of others are in its way. Default:
     * {@code 10}. Example: {@code -Ddbops.lockAttempts=3}.
     */
    @Parameter(property = "dbops.lockAttempts", defaultValue = "10")
    @Nullable
    String lockAttempts;

    /** How long another run is waited for. Default: {@code PT5M}. Example: {@code -Ddbops.waitForLock=30s}. */
    @Parameter(property = "dbops.waitForLock", defaultValue = "PT5M")
    @Nullable
    String waitForLock;

    /** Does the goal's work and writes its reports, also where it is refused. */
    abstract MigrationOutcome outcome(Progress progress);

    @Override
    final List<Problem> run() {
        Progress progress = MavenProgress.of(session, getLog());
        MigrationOutcome outcome = outcome(progress);
        progress.say("");
        new MigrationConsoleReport(outcome).lines().forEach(progress::say);
        return outcome.problems();
    }

    /** What every migrate goal is asked. */
    final MigrateRequest asked(ParameterReader read, Path directory, Path reports) {
        ConnectionPolicy policy = connections(read);
        return new MigrateRequest(
                directory,
                read.word("dbops.engine", engine, "auto", EngineName.class),
                read.text(migrations),
                read.word("dbops.prisma.execution", prismaExecution, PrismaExecution.class),
                FlywayProperties.of(session),
                new DatabaseSettings(
                        DatabaseRole.ONLY,
                        read.text(url),
                        read.text(envFile),
                        ".env.production",
                        read.text(server),
                        directory),
                policy,
                new EngineSettings(
                        policy.lockTimeout(),
                        read.count("dbops.lockAttempts", lockAttempts),
                        read.duration("dbops.waitForLock", waitForLock),
                        policy.attempts()),
                reports);
    }
}
