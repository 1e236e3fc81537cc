package io.github.dbops.mojo;

import io.github.dbops.command.InitCommand;
import io.github.dbops.command.InitRequest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.InitConsoleReport;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.draft.InitOutcome;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Writes a first plan for {@code dbops:sync} from a database's catalog: every table, skipped, with a proposed key and the
 * evidence for it. The databases are only read.
 */
@Mojo(name = "init", requiresProject = false, aggregator = true, threadSafe = true)
public final class InitMojo extends DraftingMojo {

    /**
     * The file to write. Default: the plan that {@code dbops:sync} would read, else {@code sync-plan.json}. Example:
     * {@code -Dplan=plans/catalog.json}.
     */
    @Parameter(property = "plan")
    @Nullable
    String plan;

    /** Only show the plan; no file but the reports is written. Default: {@code false}. Example: {@code -DdryRun}. */
    @Parameter(property = "dryRun", defaultValue = "false")
    @Nullable
    String dryRun;

    /**
     * {@code true} replaces a plan that is there, which is otherwise refused. Default: {@code false}. Example:
     * {@code -Ddbops.replacePlan}.
     */
    @Parameter(property = "dbops.replacePlan", defaultValue = "false")
    @Nullable
    String replacePlan;

    /**
     * {@code auto}: where a target is configured its catalog is looked at too, for the same tables and unique indexes.
     * {@code never}: it is not connected to. Default: {@code auto}. Example: {@code -Ddbops.init.target=never}.
     */
    @Parameter(property = "dbops.init.target", defaultValue = "auto")
    @Nullable
    String target;

    /**
     * The rows of larger tables are not searched for keys; {@code 0}: those of no table are. Default: {@code 200000}.
     * Example: {@code -Ddbops.init.mostRows=5000000}.
     */
    @Parameter(property = "dbops.init.mostRows", defaultValue = "200000")
    @Nullable
    String mostRows;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositories;

    @Inject
    InitMojo(SettingsDecrypter decrypter, RepositorySystem repositories) {
        this.decrypter = decrypter;
        this.repositories = repositories;
    }

    @Override
    List<Problem> run() {
        Progress progress = MavenProgress.of(session, getLog());
        InitCommand command = new InitCommand(surroundings(decrypter, repositories, progress));
        InitOutcome outcome = outcome(command);
        progress.say("");
        new InitConsoleReport(outcome).lines().forEach(progress::say);
        return outcome.problems();
    }

    private InitOutcome outcome(InitCommand command) {
        try {
            return command.run(request(directory(), reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    InitRequest request(Path directory, Path reports) {
        ParameterReader read = new ParameterReader();
        InitRequest request = new InitRequest(
                directory,
                read.writesUnlessDryRun(dryRun),
                read.text(plan),
                read.flag("dbops.replacePlan", replacePlan) ? InitRequest.Existing.REPLACE : InitRequest.Existing.KEEP,
                source(read, directory),
                target(read, directory),
                read.word("dbops.init.target", target, InitRequest.Consulting.class),
                read.number("dbops.init.mostRows", mostRows),
                connections(read),
                reports);
        read.complain();
        return request;
    }
}
