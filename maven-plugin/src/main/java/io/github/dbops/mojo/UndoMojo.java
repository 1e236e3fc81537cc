package io.github.dbops.mojo;

import io.github.dbops.command.undo.UndoCommand;
import io.github.dbops.command.undo.UndoRequest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.UndoConsoleReport;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.UndoOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Takes an apply of {@code dbops:sync} back, as far as nobody has changed its rows since: updated rows get their former
 * values, inserted ones are deleted where no other row refers to them. Without {@code -Dapply} it only looks and reports.
 */
@Mojo(name = "undo", requiresProject = false, aggregator = true, threadSafe = true)
public final class UndoMojo extends TargetMojo {

    private static final String UUID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    /**
     * The apply to undo, by the run id in its report. Default: none, and the last applies are listed. Example:
     * {@code -Drun=0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11}.
     */
    @Parameter(property = "run")
    @Nullable
    String run;

    /**
     * Tables that triggers may write while rows are reverted, with commas between them; those that the run's plan
     * allowed are allowed already. Default: none. Example: {@code -Ddbops.allowSideEffects=AuditLog,shop.Outbox}.
     */
    @Parameter(property = "dbops.allowSideEffects")
    @Nullable
    String allowSideEffects;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositories;

    @Inject
    UndoMojo(SettingsDecrypter decrypter, RepositorySystem repositories) {
        this.decrypter = decrypter;
        this.repositories = repositories;
    }

    @Override
    List<Problem> run() {
        Progress progress = MavenProgress.of(session, getLog());
        UndoCommand command = new UndoCommand(surroundings(decrypter, repositories, progress));
        UndoOutcome outcome = outcome(command);
        progress.say("");
        new UndoConsoleReport(outcome).lines().forEach(progress::say);
        return outcome.problems();
    }

    private UndoOutcome outcome(UndoCommand command) {
        try {
            return command.run(request(directory(), reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    UndoRequest request(Path directory, Path reports) {
        ParameterReader read = new ParameterReader();
        UndoRequest request = new UndoRequest(
                directory,
                execution(read, "undo"),
                read.matching("run", run, UUID, "the id of an apply, a UUID, as its report has it")
                        .map(id -> id.toLowerCase(Locale.ROOT)),
                words(read),
                target(read, directory),
                review(read, "undo-report.json"),
                backup(read),
                connections(read),
                read.names("dbops.allowSideEffects", allowSideEffects),
                reports);
        read.complain();
        return request;
    }
}
