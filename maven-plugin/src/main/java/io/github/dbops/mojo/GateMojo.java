package io.github.dbops.mojo;

import io.github.dbops.command.github.GateCommand;
import io.github.dbops.command.github.GateRequest;
import io.github.dbops.command.github.GateRequest.Requirement;
import io.github.dbops.github.ActionsEnvironment;
import io.github.dbops.github.Patience;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Fails unless GitHub says that a deployment environment demands reviewers and that this workflow run was approved for
 * it. Run it before an apply. The token comes from the environment variable {@code GITHUB_TOKEN}.
 */
@Mojo(name = "gate", requiresProject = false, aggregator = true, threadSafe = true)
public final class GateMojo extends DbopsMojo {

    /** The deployment environment that the job names. Default: none. Example: {@code -Ddbops.environment=production}. */
    @Parameter(property = "dbops.environment")
    @Nullable
    String environment;

    /**
     * {@code false}: ask nothing and pass. Default: {@code true}. Example: {@code -Ddbops.requireApproval=false}.
     */
    @Parameter(property = "dbops.requireApproval", defaultValue = "true")
    @Nullable
    String requireApproval;

    /**
     * The digest of the dry-run that the reviewers saw. Default: none. Example:
     * {@code -Ddbops.gate.digest=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}.
     */
    @Parameter(property = "dbops.gate.digest")
    @Nullable
    String digest;

    /**
     * {@code true}: the approval's comment must contain the digest's first twelve digits. Default: {@code false}.
     * Example: {@code -Ddbops.gate.digestInComment=true -Ddbops.gate.digest=DIGEST}.
     */
    @Parameter(property = "dbops.gate.digestInComment", defaultValue = "false")
    @Nullable
    String digestInComment;

    @Override
    List<Problem> run() {
        GateCommand command = new GateCommand(
                new ActionsEnvironment(System.getenv()), Patience.ofABuild(), MavenProgress.of(session, getLog()));
        try {
            return command.run(request(reportsDirectory()));
        } catch (ProblemException refused) {
            return command.reject(refused, reportsDirectory());
        }
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    GateRequest request(Path folder) {
        ParameterReader read = new ParameterReader();
        Optional<String> name = read.text(environment);
        Optional<Digest> reviewed = read.digest("dbops.gate.digest", digest, "the JSON report");
        boolean named = read.flag("dbops.gate.digestInComment", digestInComment);
        if (name.isEmpty()) {
            read.conflict(
                    "The setting dbops.environment is missing.",
                    "The gate asks GitHub about one deployment environment, and does not guess which.",
                    "Name the one that the job names: -Ddbops.environment=production");
        }
        if (named && reviewed.isEmpty()) {
            read.conflict(
                    "dbops.gate.digestInComment is set, and dbops.gate.digest is not.",
                    "There is no digest that an approval's comment could contain.",
                    "Hand the dry-run's digest on: -Ddbops.gate.digest=DIGEST");
        }
        GateRequest request = new GateRequest(
                name.orElse(""),
                read.flag("dbops.requireApproval", requireApproval) ? Requirement.REVIEWERS : Requirement.NOBODY,
                reviewed.filter(ignored -> named),
                folder);
        read.complain();
        return request;
    }
}
