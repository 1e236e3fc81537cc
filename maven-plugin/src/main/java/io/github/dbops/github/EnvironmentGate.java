package io.github.dbops.github;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks GitHub whether an environment demands reviewers and whether this run was approved for it; spec section 6. It is a
 * detector of misconfiguration beside the environment itself, and fails closed: only a clear yes to both is a yes.
 *
 * @param environment the run's
 * @param name the environment of the deployment
 * @param digest the change set that the approval's comment must name; empty where no comment is asked for
 */
public record EnvironmentGate(ActionsEnvironment environment, String name, Optional<Digest> digest) {

    private static final String PERMISSION = "Give the job the permission: permissions: actions: read";

    private static final String UNGUARDED =
            "Or say that nobody has to approve: -Ddbops.requireApproval=false (the action's require-approval: false)";

    /**
     * Asks.
     *
     * @return how the approval came about
     * @throws ProblemException (GITHUB_CONTEXT_MISSING, GITHUB_UNREACHABLE, GITHUB_ACCESS_DENIED,
     *     GITHUB_ANSWER_MALFORMED, GITHUB_ENVIRONMENT_UNKNOWN, GITHUB_REVIEWERS_NOT_REQUIRED, GITHUB_NOT_APPROVED,
     *     GITHUB_DIGEST_NOT_APPROVED) for everything but a yes
     */
    public Approval approval(Patience patience) {
        GitHubClient github = new GitHubClient(environment, patience);
        boolean bypassable = requireReviewers(github);
        String run = environment.runId();
        Answer answer = github.get("/repos/" + environment.repository() + "/actions/runs/" + run + "/approvals");
        if (!answer.isSuccess()) {
            throw denied(answer, "the approvals of run " + run);
        }
        List<Review> reviews = answer.read(list -> list.elements().stream()
                .filter(this::isOfEnvironment)
                .map(Review::of)
                .toList());
        return new Approval(approved(reviews).user(), bypassable, environment.runAttempt());
    }

    /** Whether administrators can pass by the reviewers. */
    private boolean requireReviewers(GitHubClient github) {
        Answer answer = github.get("/repos/" + environment.repository() + "/environments/" + encoded(name));
        if (answer.status() == 404) {
            throw Problem.of(
                            Code.GITHUB_ENVIRONMENT_UNKNOWN,
                            "GitHub shows no environment \"" + name + "\".",
                            "GitHub answered " + answer.words() + ": it is not there, or the token may not see it.",
                            "Compare dbops.environment with the repository's settings, page Environments.",
                            PERMISSION)
                    .at(answer.question())
                    .exception();
        }
        if (!answer.isSuccess()) {
            throw denied(answer, "environment \"" + name + "\"");
        }
        boolean guarded = answer.read(this::requiresReviewers);
        if (!guarded) {
            throw Problem.of(
                            Code.GITHUB_REVIEWERS_NOT_REQUIRED,
                            "The environment \"" + name + "\" requires no reviewers.",
                            "A job that names it starts without anybody's approval."
                                    + " Private repositories have required reviewers on the Enterprise plan only.",
                            "Add required reviewers to it: repository settings, Environments, " + name + ".",
                            UNGUARDED)
                    .at(answer.question())
                    .exception();
        }
        // Absent on old Enterprise servers, where administrators always could.
        return answer.read(json ->
                json.optional("can_admins_bypass").map(JsonValue::isTrue).orElse(true));
    }

    private boolean requiresReviewers(JsonValue json) {
        if (!json.field("name").text().equalsIgnoreCase(name)) {
            throw new IllegalArgumentException("it is about another environment");
        }
        // A wait timer or a branch policy lets a job through without anybody's word.
        return json.optional("protection_rules").map(JsonValue::elements).orElse(List.of()).stream()
                .filter(rule -> rule.field("type").text().equals("required_reviewers"))
                .anyMatch(rule -> !rule.field("reviewers").elements().isEmpty());
    }

    private Review approved(List<Review> reviews) {
        List<Review> approvals = reviews.stream()
                .filter(review -> review.state().equals("approved"))
                .toList();
        if (approvals.isEmpty()) {
            boolean rejected =
                    reviews.stream().anyMatch(review -> review.state().equals("rejected"));
            throw notApproved(rejected).exception();
        }
        return approvals.stream()
                .filter(this::namesTheDigest)
                .findFirst()
                .orElseThrow(() -> digestNotNamed().exception());
    }

    private boolean namesTheDigest(Review review) {
        return digest.map(Digest::brief)
                .map(review.comment().toLowerCase(Locale.ROOT)::contains)
                .orElse(true);
    }

    private Problem notApproved(boolean rejected) {
        String run =
                "This run was " + (rejected ? "rejected" : "not approved") + " for the environment \"" + name + "\".";
        String why = rejected
                ? "A reviewer has rejected it, and nobody has approved it."
                : "GitHub lists no approval of this run for it: the job may lack the line \"environment: " + name
                        + "\"," + " or an administrator has let it through.";
        return Problem.of(
                Code.GITHUB_NOT_APPROVED,
                run,
                why,
                "Give the job the line: environment: " + name,
                "Start a new run, and let a reviewer approve it.");
    }

    private Problem digestNotNamed() {
        String brief = digest.map(Digest::brief).orElse("");
        return Problem.of(
                Code.GITHUB_DIGEST_NOT_APPROVED,
                "No approval of this run names the digest " + brief + ".",
                "dbops.gate.digestInComment asks the reviewer to write it into the approval's comment;"
                        + " an approval of an earlier attempt may name another one.",
                "Start a new run, and approve it with the comment: " + brief);
    }

    private static ProblemException denied(Answer answer, String subject) {
        return Problem.of(
                        Code.GITHUB_ACCESS_DENIED,
                        "GitHub does not show " + subject + ".",
                        "GitHub answered " + answer.words() + ".",
                        answer.status() == 401
                                ? "Give the step a token that is valid: env: GITHUB_TOKEN: ${{ github.token }}"
                                : PERMISSION)
                .at(answer.question())
                .exception();
    }

    private boolean isOfEnvironment(JsonValue review) {
        // GitHub takes names of environments without regard to case.
        return review.field("environments").elements().stream()
                .anyMatch(environment -> environment.field("name").text().equalsIgnoreCase(name));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Review(String state, String user, String comment) {

        static Review of(JsonValue json) {
            return new Review(
                    json.field("state").text(),
                    json.optional("user")
                            .map(user -> user.field("login").text())
                            .orElse("somebody"),
                    json.optional("comment").map(JsonValue::text).orElse(""));
        }
    }
}
