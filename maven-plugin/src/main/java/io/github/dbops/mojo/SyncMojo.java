package io.github.dbops.mojo;

import io.github.dbops.command.SyncCommand;
import io.github.dbops.command.SyncRequest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ConsoleReport;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.SyncOutcome;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Carries the rows that a plan names from one PostgreSQL database into another, without overwriting what the target
 * owns. Without {@code -Dapply} it only looks and reports.
 */
@Mojo(name = "sync", requiresProject = false, aggregator = true, threadSafe = true)
public final class SyncMojo extends FromToMojo {

    /**
     * The plan: which tables, by which key, under which rule. Default: {@code sync-plan.json}, else
     * {@code scripts/db/sync-plan.json}. Example: {@code -Dplan=plans/catalog.json}.
     */
    @Parameter(property = "plan")
    @Nullable
    String plan;

    /**
     * How rows of equal key are compared: by {@code hash}, on the servers, or {@code exact}, by reading every value.
     * Default: {@code hash}. Example: {@code -Ddbops.compare=exact}.
     */
    @Parameter(property = "dbops.compare", defaultValue = "hash")
    @Nullable
    String compare;

    /**
     * Whether an apply records itself in the target's schema {@code dbops}, which undoing it needs. Default:
     * {@code true}. Example: {@code -Ddbops.audit=false}.
     */
    @Parameter(property = "dbops.audit", defaultValue = "true")
    @Nullable
    String audit;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositories;

    @Inject
    SyncMojo(SettingsDecrypter decrypter, RepositorySystem repositories) {
        this.decrypter = decrypter;
        this.repositories = repositories;
    }

    @Override
    List<Problem> run() {
        Progress progress = MavenProgress.of(session, getLog());
        SyncCommand command = new SyncCommand(surroundings(decrypter, repositories, progress));
        SyncOutcome outcome = outcome(command);
        progress.say("");
        new ConsoleReport(outcome).lines().forEach(progress::say);
        return outcome.problems();
    }

    private SyncOutcome outcome(SyncCommand command) {
        try {
            return command.run(request(directory(), reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    SyncRequest request(Path directory, Path reports) {
        ParameterReader read = new ParameterReader();
        SyncRequest request = new SyncRequest(
                directory,
                execution(read, "sync"),
                read.text(plan),
                words(read),
                source(read, directory),
                target(read, directory),
                review(read, "sync-report.json"),
                backup(read),
                connections(read),
                read.word("dbops.compare", compare, Comparing.class),
                read.count("dbops.jobs", jobs),
                read.flag("dbops.audit", audit),
                reports);
        read.complain();
        return request;
    }
}
