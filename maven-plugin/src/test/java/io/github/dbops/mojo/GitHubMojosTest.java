package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.command.github.CommentRequest;
import io.github.dbops.command.github.CommentRequest.Posting;
import io.github.dbops.command.github.GateRequest;
import io.github.dbops.command.github.GateRequest.Requirement;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubMojosTest {

    private static final Path REPORTS = Path.of("/shop/target/dbops");
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final CommentMojo comment = new CommentMojo();
    private final GateMojo gate = new GateMojo();

    @BeforeEach
    void fillInAsMavenDoes() {
        comment.post = "auto";
        gate.requireApproval = "true";
        gate.digestInComment = "false";
    }

    @Test
    void commentsTheNewestReportByDefault() {
        assertThat(comment.request(REPORTS))
                .isEqualTo(new CommentRequest(
                        Optional.empty(), Posting.AUTO, Optional.empty(), Optional.empty(), Optional.empty(), REPORTS));
    }

    @Test
    void commentsAsToldTo() {
        comment.goal = "migrate-deploy";
        comment.post = "never";
        comment.key = "shop.eu-1";
        comment.author = "my-app[bot]";
        comment.pullRequest = "7";

        assertThat(comment.request(REPORTS))
                .isEqualTo(new CommentRequest(
                        Optional.of("migrate-deploy"),
                        Posting.NEVER,
                        Optional.of("shop.eu-1"),
                        Optional.of("my-app[bot]"),
                        Optional.of(7L),
                        REPORTS));
    }

    @Test
    void listsEveryBadSettingOfTheComment() {
        comment.goal = "../sync";
        comment.post = "always";
        comment.key = "a b -->";
        comment.author = "\"";
        comment.pullRequest = "7/..";

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> comment.request(REPORTS));

        assertThat(refused.problems()).hasSize(5);
    }

    @Test
    void asksForReviewersByDefault() {
        gate.environment = "production";

        assertThat(gate.request(REPORTS))
                .isEqualTo(new GateRequest("production", Requirement.REVIEWERS, Optional.empty(), REPORTS));
    }

    @Test
    void asksForTheDigestOnlyWhereTheCommentMustHaveIt() {
        gate.environment = "production";
        gate.digest = DIGEST;
        assertThat(gate.request(REPORTS).digest()).isEmpty();

        gate.digestInComment = "true";
        assertThat(gate.request(REPORTS).digest()).contains(new Digest(DIGEST));
    }

    @Test
    void refusesAGateWithoutEnvironmentOrDigest() {
        gate.digestInComment = "true";

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> gate.request(REPORTS));

        assertThat(refused.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "The setting dbops.environment is missing.",
                        "dbops.gate.digestInComment is set, and dbops.gate.digest is not.");
    }
}
