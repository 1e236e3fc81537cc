package io.github.dbops.mojo;

import io.github.dbops.command.migrate.DeployRequest;
import io.github.dbops.command.migrate.MigrateDeployCommand;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Runs the migrations that the database lacks, in order, and stops at the first that fails. With {@code -DdryRun} it
 * only shows what would run.
 */
@Mojo(name = "migrate-deploy", requiresProject = false, aggregator = true, threadSafe = true)
public final class MigrateDeployMojo extends MigratingMojo {

    /** Only look, and report what would run, in order, with a digest. Default: {@code false}. Example: {@code -DdryRun}. */
    @Parameter(property = "dryRun", defaultValue = "false")
    @Nullable
    String dryRun;

    /**
     * The digest of the dry-run that was reviewed; where anything else would run, nothing does. Default: none, whatever
     * is pending runs. Example:
     * {@code -Ddbops.expectDigest=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}.
     */
    @Parameter(property = "dbops.expectDigest")
    @Nullable
    String expectDigest;

    /**
     * What proves a backup before a deploy: a command that must succeed, or a file that must be younger than
     * {@code dbops.backupMaxAge}. Default: none, and the deploy says so. Example:
     * {@code -Ddbops.backupCheck=backups/latest.dump}.
     */
    @Parameter(property = "dbops.backupCheck")
    @Nullable
    String backupCheck;

    /**
     * How old the file of {@code dbops.backupCheck} may be. Default: {@code PT24H}. Example:
     * {@code -Ddbops.backupMaxAge=6h}.
     */
    @Parameter(property = "dbops.backupMaxAge", defaultValue = "PT24H")
    @Nullable
    String backupMaxAge;

    /**
     * Create the database where the server has none of that name. Default: {@code false}. Example:
     * {@code -Ddbops.createDatabase=true}.
     */
    @Parameter(property = "dbops.createDatabase", defaultValue = "false")
    @Nullable
    String createDatabase;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositories;
    private final ProjectDependenciesResolver dependencies;

    @Inject
    MigrateDeployMojo(
            SettingsDecrypter decrypter, RepositorySystem repositories, ProjectDependenciesResolver dependencies) {
        this.decrypter = decrypter;
        this.repositories = repositories;
        this.dependencies = dependencies;
    }

    @Override
    MigrationOutcome outcome(Progress progress) {
        MigrateDeployCommand command = new MigrateDeployCommand(
                surroundings(decrypter, repositories, progress), new MavenClassPath(dependencies, session));
        try {
            return command.run(request(directory(), reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    DeployRequest request(Path directory, Path reports) {
        ParameterReader read = new ParameterReader();
        DeployRequest request = new DeployRequest(
                asked(read, directory, reports),
                read.writesUnlessDryRun(dryRun),
                read.digest("dbops.expectDigest", expectDigest, "migrate-deploy-report.json"),
                read.backup(backupCheck, backupMaxAge),
                read.flag("dbops.createDatabase", createDatabase));
        read.complain();
        return request;
    }
}
