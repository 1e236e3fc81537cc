package io.github.dbops.github;

import io.github.dbops.problem.ProblemException;
import java.util.Optional;

/**
 * Posts a report where its pull request's readers are.
 *
 * @param environment the run's
 * @param key what tells this comment from others of the same goal, instead of plan and target
 * @param author whose comments are ours, instead of the token's own login
 * @param number the pull request's number, instead of the event's
 */
public record Commenting(
        ActionsEnvironment environment, Optional<String> key, Optional<String> author, Optional<Long> number) {

    // What GITHUB_TOKEN writes as.
    private static final String ACTIONS_BOT = "github-actions[bot]";

    private static final String WHO = "{\"query\":\"query{viewer{login}}\"}";

    /** Whether there is a pull request to comment on. */
    public boolean isPossible() {
        return pullRequest().isPresent();
    }

    /**
     * Writes, updates or leaves alone the report's one comment.
     *
     * @param goal whose report
     * @param findings what it says; empty where its JSON cannot be read
     * @throws ProblemException (GITHUB_CONTEXT_MISSING, GITHUB_UNREACHABLE, GITHUB_ACCESS_DENIED,
     *     GITHUB_ANSWER_MALFORMED)
     */
    public Posted post(String goal, Optional<Findings> findings, CommentText text, Patience patience) {
        PullRequest target = pullRequest().orElseThrow(() -> new IllegalStateException("there is no pull request"));
        GitHubClient github = new GitHubClient(environment, patience);
        StickyComment comment = new StickyComment(
                github, environment.repository(), target, author.orElseGet(() -> self(github)), patience);
        CommentIdentity identity = key.map(own -> CommentIdentity.of(goal, own))
                .or(() -> findings.map(found -> CommentIdentity.of(goal, found)))
                .orElseGet(() -> new CommentIdentity(goal, "plan=- target=-"));
        return comment.post(identity, text);
    }

    private Optional<PullRequest> pullRequest() {
        Optional<PullRequest> event = PullRequest.of(environment);
        return number.map(said -> event.filter(pull -> pull.number() == said)
                        .orElseGet(() -> new PullRequest(said, PullRequest.Origin.SAME_REPOSITORY)))
                .or(() -> event);
    }

    // GET /user is closed to GITHUB_TOKEN and to Apps; this query is open to every kind of token.
    private static String self(GitHubClient github) {
        Answer answer = github.query(WHO);
        if (!answer.isSuccess()) {
            return ACTIONS_BOT;
        }
        return answer.read(json -> json.optional("data")
                .flatMap(data -> data.optional("viewer"))
                .map(viewer -> viewer.field("login").text())
                .orElse(ACTIONS_BOT));
    }
}
