package io.github.dbops.command.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.github.GateRequest.Requirement;
import io.github.dbops.github.Patience;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Kind;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.testing.GitHubServer;
import io.github.dbops.testing.GitHubServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateCommandTest {

    private static final String ENVIRONMENT = "GET /repos/acme/shop/environments/production";
    private static final String APPROVALS = "GET /repos/acme/shop/actions/runs/42/approvals";
    private static final Digest DIGEST = new Digest("0123456789abcdef".repeat(4));

    private final GitHubServer github = GitHubServer.start("");
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path folder;

    private ActionsRun run;

    @BeforeEach
    void startRun() {
        run = new ActionsRun(github, folder);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void opensForAnApprovedRunOfAGuardedEnvironment() {
        github.guardedEnvironment("production");
        github.review("approved", "production", "");

        assertThat(gate()).isEmpty();
        assertThat(said).endsWith("Approved for production by octocat.");
        assertThat(run.outputs()).containsExactlyEntriesOf(Map.of("problem-code", ""));
        assertThat(run.read("github-annotations.txt")).isEmpty();
    }

    @Test
    void takesNamesAsGitHubDoes() {
        github.guardedEnvironment("Production EU/1");
        github.review("approved", "Production EU/1", "");

        assertThat(gate(request("production eu/1", Optional.empty()))).isEmpty();
        assertThat(github.requests()).contains("GET /repos/acme/shop/environments/production%20eu%2F1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"id\":1,\"type\":\"wait_timer\",\"wait_timer\":30},{\"id\":2,\"type\":\"branch_policy\"}]",
                "[{\"id\":1,\"type\":\"required_reviewers\",\"reviewers\":[]}]"
            })
    void staysClosedWhereNoReviewersAreRequired(String rules) {
        github.environment("production", rules);
        github.review("approved", "production", "");

        assertThat(gate()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.GITHUB_REVIEWERS_NOT_REQUIRED);
            assertThat(problem.why()).contains("Enterprise");
            assertThat(problem.next()).anyMatch(step -> step.contains("-Ddbops.requireApproval=false"));
            assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was changed.");
        });
    }

    @Test
    void staysClosedWithoutAnApproval() {
        github.guardedEnvironment("production");

        assertThat(gate()).extracting(Problem::code).containsExactly(Code.GITHUB_NOT_APPROVED);
    }

    @ParameterizedTest
    @CsvSource({"rejected, production", "pending, production", "approved, staging"})
    void staysClosedForAnotherAnswerAndAnotherEnvironment(String state, String environment) {
        github.guardedEnvironment("production");
        github.review(state, environment, "");

        assertThat(gate()).extracting(Problem::code).containsExactly(Code.GITHUB_NOT_APPROVED);
    }

    @Test
    void saysThatAReviewerHasRejected() {
        github.guardedEnvironment("production");
        github.review("rejected", "production", "");

        assertThat(gate())
                .extracting(Problem::what)
                .containsExactly("This run was rejected for the environment \"production\".");
    }

    @Test
    void staysClosedWhereTheEnvironmentIsUnknown() {
        github.review("approved", "production", "");

        assertThat(gate()).extracting(Problem::code).containsExactly(Code.GITHUB_ENVIRONMENT_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENVIRONMENT, APPROVALS})
    void staysClosedWhereThePermissionIsMissing(String question) {
        github.guardedEnvironment("production");
        github.review("approved", "production", "");
        github.answerOnce(question, Reply.refusal(403, "Resource not accessible by integration"));

        assertThat(gate()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.GITHUB_ACCESS_DENIED);
            assertThat(problem.why()).contains("403 \"Resource not accessible by integration\"");
            assertThat(problem.next()).containsExactly("Give the job the permission: permissions: actions: read");
        });
    }

    @Test
    void staysClosedForATokenThatIsNotValid() {
        run.environment.put("GITHUB_TOKEN", "ghs_expired");

        assertThat(gate()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.GITHUB_ACCESS_DENIED);
            assertThat(problem.next()).allMatch(step -> step.startsWith("Give the step a token that is valid"));
            assertThat(problem.toString()).doesNotContain("ghs_expired");
        });
    }

    @Test
    void staysClosedWhereTheRunCannotBeSeen() {
        github.guardedEnvironment("production");
        github.answerOnce(APPROVALS, Reply.refusal(404, "Not Found"));

        assertThat(gate()).extracting(Problem::code).containsExactly(Code.GITHUB_ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Sign in</html>",
                "{}",
                "null",
                "[{\"state\":\"approved\"}]",
                "[{\"environments\":\"production\",\"state\":\"approved\"}]",
                "[{\"environments\":[{\"name\":\"production\"}],\"state\":true}]",
                "[{\"environments\":[{\"name\":\"production\"}],\"state\":\"rejected\",\"state\":\"approved\"}]",
                "[] []"
            })
    void staysClosedWhereTheApprovalsMakeNoSense(String body) {
        github.guardedEnvironment("production");
        github.answerOnce(APPROVALS, new Reply(200, body, Map.of()));

        assertThat(gate()).extracting(Problem::code).containsExactly(Code.GITHUB_ANSWER_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"name\":\"staging\",\"protection_rules\":[{\"type\":\"required_reviewers\",\"reviewers\":[{}]}]}",
                "{\"name\":\"production\",\"protection_rules\":[{}]}",
                "{\"name\":\"production\",\"protection_rules\":{\"type\":\"required_reviewers\"}}"
            })
    void staysClosedWhereTheEnvironmentMakesNoSense(String body) {
        github.review("approved", "production", "");
        github.answerOnce(ENVIRONMENT, new Reply(200, body, Map.of()));

        assertThat(gate()).extracting(Problem::code).containsExactly(Code.GITHUB_ANSWER_MALFORMED);
    }

    @Test
    void staysClosedWhereGitHubIsSilent() {
        github.close();

        assertThat(gate()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.GITHUB_UNREACHABLE);
            assertThat(problem.code().kind()).isEqualTo(Kind.FAULT);
            assertThat(problem.why()).startsWith("ConnectException");
        });
        assertThat(run.waits).hasSize(3);
    }

    @Test
    void staysClosedWhereAnAnswerNeverEnds() {
        github.guardedEnvironment("production");
        for (int i = 0; i < 4; i++) {
            github.answerOnce(APPROVALS, Reply.ENDLESS);
        }
        Patience brief = new Patience(run.waits::add, () -> ActionsRun.NOW, Duration.ofSeconds(1));

        assertThat(new GateCommand(run.actions(), brief, Progress.SILENT).run(request("production", Optional.empty())))
                .extracting(Problem::why)
                .containsExactly("HttpTimeoutException: no whole answer within 1000 ms.");
    }

    @Test
    void staysClosedOutsideOfARun() {
        github.guardedEnvironment("production");
        run.environment.remove("GITHUB_RUN_ID");

        assertThat(gate()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.GITHUB_CONTEXT_MISSING);
            assertThat(problem.where()).isEqualTo("environment variable GITHUB_RUN_ID");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB_API_URL, ftp://api.github.com",
        "GITHUB_API_URL, https://user:secret@api.github.com",
        "GITHUB_API_URL, https://api.github.com?x=1",
        "GITHUB_REPOSITORY, acme/shop/../../evil",
        "GITHUB_RUN_ID, 42/../43"
    })
    void staysClosedWhereTheEnvironmentIsForged(String variable, String value) {
        run.environment.put(variable, value);
        github.guardedEnvironment("production");
        github.review("approved", "production", "");

        assertThat(gate()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.GITHUB_CONTEXT_MISSING);
            assertThat(problem.toString()).doesNotContain("secret");
        });
    }

    @Test
    void asksNothingWhereNobodyHasToApprove() {
        assertThat(gate(new GateRequest("production", Requirement.NOBODY, Optional.empty(), folder)))
                .isEmpty();
        assertThat(said).containsExactly("Passed without asking GitHub, as dbops.requireApproval=false says.");
        assertThat(github.requests()).isEmpty();
    }

    @Test
    void opensForAnApprovalThatNamesTheDigest() {
        github.guardedEnvironment("production");
        github.review("approved", "production", "Looks good: " + DIGEST.brief().toUpperCase(Locale.ROOT));

        assertThat(gate(request("production", Optional.of(DIGEST)))).isEmpty();
    }

    @Test
    void staysClosedWhereAnotherDigestWasApproved() {
        github.guardedEnvironment("production");
        github.review("approved", "production", "ffffffffffff");
        github.review("rejected", "production", DIGEST.brief());
        github.review("approved", "staging", DIGEST.brief());

        assertThat(gate(request("production", Optional.of(DIGEST))))
                .extracting(Problem::code)
                .containsExactly(Code.GITHUB_DIGEST_NOT_APPROVED);
    }

    @Test
    void saysThatAnEarlierAttemptMayHaveBeenTheApprovedOne() {
        run.environment.put("GITHUB_RUN_ATTEMPT", "2");
        github.guardedEnvironment("production");
        github.review("approved", "production", "");

        assertThat(gate()).isEmpty();
        assertThat(said).anyMatch(line -> line.startsWith("This is attempt 2"));
    }

    @Test
    void tellsTheWorkflowWhyItStaysClosed() {
        github.guardedEnvironment("production");

        gate();

        assertThat(run.outputs()).containsEntry("problem-code", "DBOPS-508");
        assertThat(run.read("summary")).isEqualTo("**dbops gate: closed** (`DBOPS-508`). Nothing was applied.\n");
        assertThat(run.read("github-annotations.txt"))
                .startsWith("::error title=DBOPS-508::This run was not approved for the environment");
    }

    @Test
    void asksTwiceWhereTheFirstAnswerWasAnAccident() {
        github.guardedEnvironment("production");
        github.review("approved", "production", "");
        github.answerOnce(ENVIRONMENT, Reply.refusal(502, "Server Error"));
        github.answerOnce(APPROVALS, Reply.refusal(503, "Service Unavailable"));

        assertThat(gate()).isEmpty();
        assertThat(run.waits).hasSize(2);
    }

    private List<Problem> gate() {
        return gate(request("production", Optional.empty()));
    }

    private List<Problem> gate(GateRequest request) {
        Progress progress = new Progress() {
            @Override
            public void say(String line) {
                said.add(line);
            }

            @Override
            public void phase(String name) {}

            @Override
            public Rows table(TableWork work) {
                return Rows.UNSEEN;
            }
        };
        return new GateCommand(run.actions(), run.patience(), progress).run(request);
    }

    private GateRequest request(String environment, Optional<Digest> digest) {
        return new GateRequest(environment, Requirement.REVIEWERS, digest, folder);
    }
}
