package io.github.dbops.mojo;

import io.github.dbops.command.github.CommentCommand;
import io.github.dbops.command.github.CommentOutcome;
import io.github.dbops.command.github.CommentRequest;
import io.github.dbops.github.ActionsEnvironment;
import io.github.dbops.github.Patience;
import io.github.dbops.github.PublishedReport;
import io.github.dbops.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Takes a goal's report to the pull request of a GitHub Actions run, as one comment that later runs update, and to the
 * job summary, the step's outputs and annotations. The token comes from the environment variable {@code GITHUB_TOKEN}.
 */
@Mojo(name = "comment", requiresProject = false, aggregator = true, threadSafe = true)
public final class CommentMojo extends DbopsMojo {

    /**
     * Whose report: {@code sync}, {@code undo}, {@code migrate-deploy}, {@code migrate-status} or {@code resolve}.
     * Default: the goal of the newest report in the folder. Example: {@code -Ddbops.comment.goal=sync}.
     */
    @Parameter(property = "dbops.comment.goal")
    @Nullable
    String goal;

    /**
     * {@code auto}: comment on pull requests. {@code never}: job summary, outputs and annotations only. Default:
     * {@code auto}. Example: {@code -Ddbops.comment.post=never}.
     */
    @Parameter(property = "dbops.comment.post", defaultValue = "auto")
    @Nullable
    String post;

    /**
     * What tells this comment from others of the same goal: up to 64 letters, digits, dots, underscores and hyphens.
     * Default: the report's plan and target. Example: {@code -Ddbops.comment.key=shop-eu}.
     */
    @Parameter(property = "dbops.comment.key")
    @Nullable
    String key;

    /**
     * The login whose comments are updated. Default: the token's own. Example:
     * {@code -Ddbops.comment.author=my-app[bot]}.
     */
    @Parameter(property = "dbops.comment.author")
    @Nullable
    String author;

    /** The pull request's number. Default: the event's. Example: {@code -Ddbops.comment.pullRequest=7}. */
    @Parameter(property = "dbops.comment.pullRequest")
    @Nullable
    String pullRequest;

    @Override
    List<Problem> run() {
        CommentRequest request = request(reportsDirectory());
        CommentOutcome outcome =
                new CommentCommand(new ActionsEnvironment(System.getenv()), Patience.ofABuild()).run(request);
        outcome.said().forEach(getLog()::info);
        outcome.warnings().forEach(getLog()::warn);
        return List.of();
    }

    /** Everything that was asked, complete, or a problem that lists every bad setting. */
    CommentRequest request(Path folder) {
        ParameterReader read = new ParameterReader();
        CommentRequest request = new CommentRequest(
                read.oneOf("dbops.comment.goal", goal, PublishedReport.GOALS),
                read.word("dbops.comment.post", post, CommentRequest.Posting.class),
                read.matching(
                        "dbops.comment.key",
                        key,
                        "[A-Za-z0-9._-]{1,64}",
                        "1 to 64 letters, digits, dots, underscores and hyphens"),
                read.matching("dbops.comment.author", author, "[A-Za-z0-9_-]{1,100}(\\[bot])?", "a GitHub login"),
                read.matching("dbops.comment.pullRequest", pullRequest, "[1-9][0-9]{0,14}", "a pull request's number")
                        .map(Long::valueOf),
                folder);
        read.complain();
        return request;
    }
}
