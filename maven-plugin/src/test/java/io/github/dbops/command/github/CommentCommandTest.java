package io.github.dbops.command.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.dbops.command.github.CommentRequest.Posting;
import io.github.dbops.github.Posted;
import io.github.dbops.testing.GitHubServer;
import io.github.dbops.testing.GitHubServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommentCommandTest {

    private static final String BOT = "github-actions[bot]";
    private static final String COMMENTS = "/repos/acme/shop/issues/7/comments";
    private static final String LINK =
            "<sub>[Run 42, attempt 1](https://github.com/acme/shop/actions/runs/42/attempts/1)</sub>";
    private static final String DIGEST = "3f2a9c41d07e".repeat(5) + "3f2a";

    private final GitHubServer github = GitHubServer.start("");

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void writesOneCommentWithMarkerReportAndLink() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        CommentOutcome outcome = comment(run);

        assertThat(outcome.posted()).get().extracting(Posted::change).isEqualTo(Posted.Change.CREATED);
        assertThat(outcome.warnings()).isEmpty();
        assertThat(github.commentsOf(BOT)).singleElement().satisfies(text -> {
            assertThat(text.lines().findFirst().orElseThrow())
                    .matches("<!-- dbops:comment goal=sync plan=[0-9a-f]{16} target=[0-9a-f]{16} -->");
            assertThat(text).contains("**2 rows to insert.**").endsWith("\n\n" + LINK + "\n");
        });
    }

    @Test
    void updatesItsCommentInPlace() {
        comment(run("postgresql://db/shop", "**2 rows to insert.**"));

        CommentOutcome outcome = comment(run("postgresql://db/shop", "**3 rows to insert.**"));

        assertThat(outcome.posted()).get().extracting(Posted::change).isEqualTo(Posted.Change.UPDATED);
        assertThat(github.commentsOf(BOT)).singleElement().asString().contains("**3 rows to insert.**");
    }

    @Test
    void leavesAlonePostsThatDifferInRunAndTimeOnly() {
        comment(run("postgresql://db/shop", report("0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11", "2026-11-01T09:30:00Z")));
        ActionsRun second =
                run("postgresql://db/shop", report("11111111-5a3f-4c57-9a51-6d0f4e0b7c11", "2026-11-02T10:00:00.123Z"));
        second.environment.put("GITHUB_RUN_ID", "43");

        CommentOutcome outcome = comment(second);

        assertThat(outcome.posted()).get().extracting(Posted::change).isEqualTo(Posted.Change.UNCHANGED);
        assertThat(github.requests()).noneMatch(request -> request.startsWith("PATCH"));
    }

    @Test
    void rewritesItsCommentWhenSomebodyHasEditedIt() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        comment(run);
        String ours = github.commentsOf(BOT).get(0);
        github.forget(100);
        long edited = github.comment(BOT, ours.replace("(https://github.com/", "(https://evil.example/"));

        comment(run);

        assertThat(github.text(edited)).isEqualTo(ours);
    }

    @Test
    void findsItsCommentBehindOthersOnALaterPage() {
        comment(run("postgresql://db/shop", "**2 rows to insert.**"));
        String ours = github.commentsOf(BOT).get(0);
        github.forget(100);
        for (int i = 0; i < 120; i++) {
            github.comment("octocat", "me too");
        }
        long moved = github.comment(BOT, ours);

        comment(run("postgresql://db/shop", "**3 rows to insert.**"));

        assertThat(github.commentsOf(BOT)).hasSize(1);
        assertThat(github.text(moved)).contains("**3 rows to insert.**");
    }

    @Test
    void ignoresAMarkerThatSomebodyElseHasWritten() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        comment(run);
        long forged = github.comment("mallory", github.commentsOf(BOT).get(0));
        github.forget(100);

        comment(run);

        assertThat(github.commentsOf(BOT)).hasSize(1);
        assertThat(github.requests()).noneMatch(request -> request.endsWith("/" + forged));
    }

    @Test
    void ignoresAMarkerThatIsNotInTheFirstLine() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        comment(run);
        github.comment(BOT, "quoted:\n" + github.commentsOf(BOT).get(0));
        github.forget(100);

        assertThat(comment(run).posted()).get().extracting(Posted::change).isEqualTo(Posted.Change.CREATED);
    }

    @Test
    void updatesTheNewestOfSeveralOfItsOwn() {
        comment(run("postgresql://db/shop", "**2 rows to insert.**"));
        long newest = github.comment(BOT, github.commentsOf(BOT).get(0));

        comment(run("postgresql://db/shop", "**3 rows to insert.**"));

        assertThat(github.text(newest)).contains("**3 rows");
        assertThat(github.text(100)).contains("**2 rows");
    }

    @Test
    void keepsACommentForEachTarget() {
        comment(run("postgresql://eu/shop", "to Europe"));
        comment(run("postgresql://us/shop", "to America"));

        assertThat(github.commentsOf(BOT)).hasSize(2);
    }

    @Test
    void keepsACommentForEachKey() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        for (String key : List.of("a", "b", "a")) {
            command(run).run(request(Optional.of(key), Posting.AUTO));
        }

        assertThat(github.commentsOf(BOT))
                .extracting(text -> text.lines().findFirst().orElseThrow())
                .containsExactly("<!-- dbops:comment goal=sync key=a -->", "<!-- dbops:comment goal=sync key=b -->");
    }

    @Test
    void takesOverTheCommentOfARunThatFailedBeforeItKnewItsTarget() {
        comment(run("postgresql://db/shop", "**2 rows to insert.**"));
        String marker = github.commentsOf(BOT).get(0).lines().findFirst().orElseThrow();

        comment(run(null, "**Failed.**"));
        assertThat(github.commentsOf(BOT))
                .singleElement()
                .asString()
                .startsWith(marker)
                .contains("**Failed.**");

        comment(run("postgresql://db/shop", "**3 rows to insert.**"));
        assertThat(github.commentsOf(BOT))
                .singleElement()
                .asString()
                .startsWith(marker)
                .contains("**3 rows");
    }

    @Test
    void givesAFailedRunACommentOfItsOwnWhereItCouldBeOfSeveral() {
        comment(run("postgresql://eu/shop", "to Europe"));
        comment(run("postgresql://us/shop", "to America"));
        comment(run(null, "**Failed.**"));

        assertThat(github.commentsOf(BOT)).hasSize(3);
    }

    @Test
    void looksForItsCommentBeforeItRepeatsAPostWhoseAnswerWasLost() {
        github.answerOnce("POST " + COMMENTS, Reply.LOST);

        CommentOutcome outcome = comment(run("postgresql://db/shop", "**2 rows to insert.**"));

        assertThat(outcome.posted()).isPresent();
        assertThat(github.commentsOf(BOT)).hasSize(1);
    }

    @Test
    void postsAgainWhereTheLostPostIsNotThere() {
        github.answerOnce("POST " + COMMENTS, Reply.refusal(502, "Server Error"));
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        comment(run);

        assertThat(github.commentsOf(BOT)).hasSize(1);
        assertThat(run.waits).containsExactly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "429, Retry-After, 7, 7",
        "403, Retry-After, 3, 3",
        "403, x-ratelimit-remaining, 0, 60",
    })
    void waitsWhileARateLimitLasts(int status, String header, String value, long seconds) {
        github.answerOnce("POST " + COMMENTS, Reply.refusal(status, "slow down").with(header, value));
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        comment(run);

        assertThat(github.commentsOf(BOT)).hasSize(1);
        assertThat(run.waits).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    void waitsUntilARateLimitIsReset() {
        github.answerOnce(
                "GET " + COMMENTS,
                Reply.refusal(403, "API rate limit exceeded")
                        .with("x-ratelimit-remaining", "0")
                        .with("x-ratelimit-reset", Long.toString(ActionsRun.NOW.getEpochSecond() + 20)));
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        comment(run);

        assertThat(run.waits).containsExactly(Duration.ofSeconds(21));
    }

    @Test
    void doesNotWaitLongerThanABuildMay() {
        github.answerOnce("GET " + COMMENTS, Reply.refusal(429, "slow down").with("Retry-After", "3600"));
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        assertThat(comment(run).warnings())
                .singleElement()
                .asString()
                .startsWith("DBOPS-503 GitHub does not answer. A rate limit is met");
        assertThat(run.waits).isEmpty();
    }

    @Test
    void givesUpOnAServerThatKeepsFailing() {
        for (int i = 0; i < 4; i++) {
            github.answerOnce("GET " + COMMENTS, Reply.refusal(500, "oops"));
        }
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        assertThat(comment(run).warnings())
                .containsExactly("DBOPS-503 GitHub does not answer. The answer was 500 \"oops\"."
                        + " Look at https://www.githubstatus.com, or at your Enterprise server.");
        assertThat(run.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void saysWhichPermissionIsMissing(int status) {
        github.answerOnce("POST " + COMMENTS, Reply.refusal(status, "Resource not accessible by integration"));

        assertThat(comment(run("postgresql://db/shop", "**2 rows to insert.**")).warnings())
                .containsExactly("DBOPS-504 The comment on pull request 7 cannot be written. GitHub answered " + status
                        + " \"Resource not accessible by integration\"."
                        + " Give the job the permission: permissions: pull-requests: write");
    }

    @Test
    void saysThatAForksTokenCanOnlyRead() {
        github.answerOnce("POST " + COMMENTS, Reply.refusal(403, "Resource not accessible by integration"));
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        run.event("mallory/shop");

        assertThat(comment(run).warnings()).singleElement().asString().contains("from a fork");
        assertThat(run.read("summary")).contains("**2 rows to insert.**");
    }

    @Test
    void writesSummaryAndOutputsWithoutAPullRequest() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        run.write("event.json", "{\"ref\":\"refs/heads/main\"}");
        run.environment.put("GITHUB_REF", "refs/heads/main");

        CommentOutcome outcome = comment(run);

        assertThat(outcome.said()).containsExactly("No comment: this run is for no pull request.");
        assertThat(github.requests()).isEmpty();
        assertThat(run.read("summary")).contains("**2 rows to insert.**", LINK).doesNotContain("<!-- dbops");
        assertThat(run.outputs()).contains(entry("to-insert", "2"), entry("comment-url", ""));
    }

    @Test
    void asksGitHubNothingWhereNoCommentIsWanted() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        command(run).run(request(Optional.empty(), Posting.NEVER));

        assertThat(github.requests()).isEmpty();
        assertThat(run.read("summary")).contains("**2 rows to insert.**");
    }

    @Test
    void tellsWorkflowsWhatTheReportSays() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        comment(run);

        assertThat(run.outputs())
                .containsExactly(
                        entry("digest", DIGEST),
                        entry("has-changes", "true"),
                        entry("to-insert", "2"),
                        entry("to-update", "1"),
                        entry("conflicts", "9"),
                        entry("pending", ""),
                        entry("problem-code", ""),
                        entry("report-json", folder.resolve("sync-report.json").toString()),
                        entry(
                                "report-markdown",
                                folder.resolve("sync-report.md").toString()),
                        entry("comment-url", "https://github.com/acme/shop/pull/7#issuecomment-100"));
    }

    @Test
    void endsWellWhereTheGoalLeftNoReport() {
        ActionsRun run = new ActionsRun(github, folder);

        CommentOutcome outcome = comment(run);

        assertThat(outcome.warnings()).singleElement().asString().startsWith("There is no report of dbops:sync in ");
        assertThat(run.outputs().values()).containsOnly("");
        assertThat(github.requests()).isEmpty();
    }

    @Test
    void postsAReportWhoseJsonCannotBeRead() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        run.write("sync-report.json", "{\"outcome\":");

        CommentOutcome outcome = comment(run);

        assertThat(outcome.posted()).isPresent();
        assertThat(outcome.warnings()).singleElement().asString().startsWith("DBOPS-510");
    }

    @Test
    void annotatesProblemsAndNothingElseCanSpeakToTheRunner() {
        ActionsRun run = run("postgresql://db/shop", "**Failed.**");
        run.write("sync-report.json", """
                {"outcome":"refused","plan":"p","target":null,"digest":null,"warnings":["100% odd\\r\\n::set-env x::y"],
                 "problems":[{"code":"DBOPS-414","what":"1 key\\n::error::forged","next":["Look."]}]}
                """);

        comment(run);

        assertThat(run.read("github-annotations.txt")).isEqualTo("""
                        ::error title=DBOPS-414::1 key%0A::error::forged%0ALook.
                        ::warning title=dbops::100%25 odd%0D%0A::set-env x::y
                        """);
        assertThat(run.outputs()).contains(entry("problem-code", "DBOPS-414"), entry("has-changes", ""));
    }

    @Test
    void shortensAReportThatNoCommentCanHold() {
        comment(run("postgresql://db/shop", "<details>" + "x".repeat(70_000)));

        assertThat(github.commentsOf(BOT)).singleElement().asString().satisfies(text -> {
            assertThat(text).contains("too long for a comment", "to insert: 2", DIGEST, LINK);
            assertThat(text.length()).isLessThan(1_000);
        });
    }

    @Test
    void saysAsWhomItWritesWhereItLooksForAnother() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        CommentOutcome outcome = command(run)
                .run(new CommentRequest(
                        Optional.of("sync"),
                        Posting.AUTO,
                        Optional.empty(),
                        Optional.of("my-app[bot]"),
                        Optional.empty(),
                        folder));

        assertThat(outcome.warnings()).singleElement().asString().endsWith("Set dbops.comment.author=" + BOT);
    }

    @Test
    void looksForTheBotsCommentWhereTheTokenDoesNotTellItsLogin() {
        comment(run("postgresql://db/shop", "**2 rows to insert.**"));
        github.answerOnce("POST /graphql", Reply.refusal(403, "Resource not accessible by integration"));

        comment(run("postgresql://db/shop", "**3 rows to insert.**"));

        assertThat(github.commentsOf(BOT)).singleElement().asString().contains("**3 rows to insert.**");
    }

    @Test
    void speaksWithAnEnterpriseServer() {
        try (GitHubServer enterprise = GitHubServer.start("/api/v3")) {
            ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
            run.environment.put("GITHUB_API_URL", enterprise.url() + "/");

            comment(run);

            assertThat(enterprise.commentsOf(BOT)).hasSize(1);
        }
    }

    @Test
    void neverFollowsALinkToAnotherHost() {
        try (GitHubServer elsewhere = GitHubServer.start("")) {
            github.answerOnce(
                    "GET " + COMMENTS,
                    new Reply(200, "[]", Map.of())
                            .with("Link", "<" + elsewhere.url() + COMMENTS + "?page=2>; rel=\"next\""));

            CommentOutcome outcome = comment(run("postgresql://db/shop", "**2 rows to insert.**"));

            assertThat(outcome.warnings()).singleElement().asString().startsWith("DBOPS-505");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void followsARedirectOnItsOwnHostOnly() {
        try (GitHubServer elsewhere = GitHubServer.start("")) {
            github.answerOnce("GET /repos/acme/old/issues/7/comments", moved(github.url() + COMMENTS));
            github.answerOnce("POST /repos/acme/old/issues/7/comments", moved(elsewhere.url() + COMMENTS));
            ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
            run.environment.put("GITHUB_REPOSITORY", "acme/old");

            CommentOutcome outcome = comment(run);

            assertThat(github.requests()).contains("GET " + COMMENTS);
            assertThat(outcome.warnings()).singleElement().asString().contains("The token was not sent there.");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void showsItsTokenToNobodyButGitHub() throws IOException {
        github.answerOnce("POST " + COMMENTS, Reply.refusal(403, "Resource not accessible by integration"));
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");

        CommentOutcome outcome = comment(run);

        assertThat(github.tokens()).containsExactly("Bearer " + GitHubServer.TOKEN);
        assertThat(outcome.toString() + run.actions()).doesNotContain(GitHubServer.TOKEN);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(GitHubServer.TOKEN));
        }
    }

    @Test
    void doesNotShowATokenThatNoHeaderCanHold() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        run.environment.put("GITHUB_TOKEN", "ghs_half\nghs_otherHalf");

        assertThat(comment(run).warnings())
                .singleElement()
                .asString()
                .startsWith("DBOPS-502")
                .doesNotContain("Half")
                .doesNotContain("half");
    }

    @Test
    void doesNotShowATokenThatAServerRepeats() {
        github.answerOnce("POST " + COMMENTS, Reply.refusal(403, "No: Bearer " + GitHubServer.TOKEN));

        assertThat(comment(run("postgresql://db/shop", "**2 rows to insert.**")).warnings())
                .singleElement()
                .asString()
                .contains("GitHub answered 403 \"No: Bearer ****\"");
    }

    @Test
    void saysThatItWasGivenNoToken() {
        ActionsRun run = run("postgresql://db/shop", "**2 rows to insert.**");
        run.environment.remove("GITHUB_TOKEN");

        assertThat(comment(run).warnings())
                .containsExactly("DBOPS-502 The environment variable GITHUB_TOKEN is not usable. It is not set."
                        + " Give the step its token: env: GITHUB_TOKEN: ${{ github.token }}");
        assertThat(run.outputs()).containsEntry("to-insert", "2");
    }

    private static Reply moved(String to) {
        return Reply.refusal(307, "Moved").with("Location", to);
    }

    private static String report(String run, String time) {
        return "**2 rows to insert.**\n\nDigest `" + DIGEST + "`<br>\n<sub>Run `" + run + "`, " + time + "</sub>";
    }

    private CommentOutcome comment(ActionsRun run) {
        return command(run).run(request(Optional.empty(), Posting.AUTO));
    }

    private static CommentCommand command(ActionsRun run) {
        return new CommentCommand(run.actions(), run.patience());
    }

    private CommentRequest request(Optional<String> key, Posting posting) {
        return new CommentRequest(Optional.of("sync"), posting, key, Optional.empty(), Optional.empty(), folder);
    }

    /** A step after a sync with the given target (unknown where null) and text. */
    private ActionsRun run(@Nullable String target, String text) {
        ActionsRun run = new ActionsRun(github, folder);
        run.write("sync-report.md", "## dbops sync, dry-run\n\n" + text + "\n");
        run.write("sync-report.json", """
                {"formatVersion":1,"mode":"dry-run","outcome":"changes-found","problem":null,"plan":"sync-plan.json",
                 "target":%s,"digest":"%s","totals":{"tables":1,"toInsert":2,"toUpdate":1,"conflicts":9},
                 "warnings":[],"problems":[]}
                """.formatted(target == null ? "null" : "\"" + target + "\"", DIGEST));
        return run;
    }
}
