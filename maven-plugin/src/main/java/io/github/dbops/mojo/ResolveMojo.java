package io.github.dbops.mojo;

import io.github.dbops.command.migrate.MigrateRequest;
import io.github.dbops.command.migrate.ResolveCommand;
import io.github.dbops.command.migrate.ResolveRequest;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the record of migrations: one that is in the database already is recorded as applied without running it, a
 * failed one is marked as rolled back. The database's own tables are not touched.
 */
@Mojo(name = "resolve", requiresProject = false, aggregator = true, threadSafe = true)
public final class ResolveMojo extends MigratingMojo {

    /** Only check, and show what would be recorded. Default: {@code false}. Example: {@code -DdryRun}. */
    @Parameter(property = "dryRun", defaultValue = "false")
    @Nullable
    String dryRun;

    /**
     * The migrations to record as applied, with commas between their names. Not together with {@code rolledBack}.
     * Default: none. Example: {@code -Dapplied=20260105090000_add_sku}.
     */
    @Parameter(property = "applied")
    @Nullable
    String applied;

    /**
     * The failed migrations to mark as rolled back, with commas between their names. Not together with
     * {@code applied}. Default: none. Example: {@code -DrolledBack=20260105090000_add_sku}.
     */
    @Parameter(property = "rolledBack")
    @Nullable
    String rolledBack;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositories;
    private final ProjectDependenciesResolver dependencies;

    @Inject
    ResolveMojo(SettingsDecrypter decrypter, RepositorySystem repositories, ProjectDependenciesResolver dependencies) {
        this.decrypter = decrypter;
        this.repositories = repositories;
        this.dependencies = dependencies;
    }

    @Override
    MigrationOutcome outcome(Progress progress) {
        ResolveCommand command = new ResolveCommand(
                surroundings(decrypter, repositories, progress), new MavenClassPath(dependencies, session));
        try {
            return command.run(request(directory(), reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    ResolveRequest request(Path directory, Path reports) {
        ParameterReader read = new ParameterReader();
        MigrateRequest asked = asked(read, directory, reports);
        Execution execution = read.writesUnlessDryRun(dryRun);
        List<String> here = read.names("applied", applied);
        List<String> gone = read.names("rolledBack", rolledBack);
        if (here.isEmpty() == gone.isEmpty()) {
            read.conflict(
                    here.isEmpty() ? "Neither applied nor rolledBack is set." : "Both applied and rolledBack are set.",
                    "A migration is either in the database already, or what it did is gone; say exactly one of the two.",
                    "It is in the database, record it: mvn dbops:resolve -Dapplied=20260105090000_add_sku",
                    "It is gone, let it run again: mvn dbops:resolve -DrolledBack=20260105090000_add_sku");
        }
        read.complain();
        return here.isEmpty()
                ? new ResolveRequest(asked, execution, Action.ROLLED_BACK, gone)
                : new ResolveRequest(asked, execution, Action.APPLIED, here);
    }
}
