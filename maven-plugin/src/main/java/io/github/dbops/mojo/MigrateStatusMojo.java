package io.github.dbops.mojo;

import io.github.dbops.command.migrate.MigrateStatusCommand;
import io.github.dbops.command.migrate.StatusRequest;
import io.github.dbops.command.migrate.StatusRequest.FailOn;
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
 * Shows every migration of the repository and of the database with its state. Reads only, and fails the build where
 * something is as it should not be.
 */
@Mojo(name = "migrate-status", requiresProject = false, aggregator = true, threadSafe = true)
public final class MigrateStatusMojo extends MigratingMojo {

    /**
     * What fails the build: any of {@code failed}, {@code modified}, {@code missing} and {@code pending} with commas
     * between them, or {@code none}. Default: {@code failed,modified,missing}. Example: {@code -Ddbops.failOn=failed,pending}.
     */
    @Parameter(property = "dbops.failOn", defaultValue = "failed,modified,missing")
    @Nullable
    String failOn;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositories;
    private final ProjectDependenciesResolver dependencies;

    @Inject
    MigrateStatusMojo(
            SettingsDecrypter decrypter, RepositorySystem repositories, ProjectDependenciesResolver dependencies) {
        this.decrypter = decrypter;
        this.repositories = repositories;
        this.dependencies = dependencies;
    }

    @Override
    MigrationOutcome outcome(Progress progress) {
        MigrateStatusCommand command = new MigrateStatusCommand(
                surroundings(decrypter, repositories, progress), new MavenClassPath(dependencies, session));
        try {
            return command.run(request(directory(), reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    StatusRequest request(Path directory, Path reports) {
        ParameterReader read = new ParameterReader();
        StatusRequest request = new StatusRequest(
                asked(read, directory, reports), read.words("dbops.failOn", failOn, "none", FailOn.class));
        read.complain();
        return request;
    }
}
