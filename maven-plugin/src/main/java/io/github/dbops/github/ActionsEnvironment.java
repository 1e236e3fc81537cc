package io.github.dbops.github;

import io.github.dbops.env.Secret;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a runner tells its steps in environment variables. No record: the token is in it.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/variables">Variables reference</a>
 */
public final class ActionsEnvironment {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> variables;

    /**
     * Reads nothing yet.
     *
     * @param variables the process environment
     */
    public ActionsEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * The token that requests are made with.
     *
     * @throws ProblemException (GITHUB_CONTEXT_MISSING) where there is none, or none that a header can hold
     */
    Secret token() {
        String token = find("GITHUB_TOKEN")
                .orElseThrow(() -> missing("GITHUB_TOKEN", "It is not set."))
                .strip();
        if (!TOKEN.matcher(token).matches()) {
            // The HTTP client's own complaint would quote it.
            throw missing("GITHUB_TOKEN", "It has characters in it that no token has.");
        }
        return Secret.of(token);
    }

    /**
     * {@code owner/name}.
     *
     * @throws ProblemException (GITHUB_CONTEXT_MISSING)
     */
    String repository() {
        return matching("GITHUB_REPOSITORY", REPOSITORY);
    }

    /**
     * The number of the workflow run.
     *
     * @throws ProblemException (GITHUB_CONTEXT_MISSING)
     */
    String runId() {
        return matching("GITHUB_RUN_ID", NUMBER);
    }

    /** Which attempt of the run this is; 1 where it is not said. */
    long runAttempt() {
        return find("GITHUB_RUN_ATTEMPT")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong)
                .orElse(1L);
    }

    /**
     * Where the REST API is, without a slash at its end; on GitHub Enterprise Server with a path.
     *
     * @throws ProblemException (GITHUB_CONTEXT_MISSING) where it is no plain URL
     */
    URI api() {
        return url("GITHUB_API_URL", "https://api.github.com");
    }

    /**
     * Where the GraphQL API is.
     *
     * @throws ProblemException (GITHUB_CONTEXT_MISSING) where it is no plain URL
     */
    URI graphql() {
        return url("GITHUB_GRAPHQL_URL", api() + "/graphql");
    }

    /** The page of this attempt of the run; empty outside of a run. */
    Optional<String> runPage() {
        Optional<String> run =
                find("GITHUB_RUN_ID").filter(id -> NUMBER.matcher(id).matches());
        Optional<String> repository = find("GITHUB_REPOSITORY")
                .filter(name -> REPOSITORY.matcher(name).matches());
        if (run.isEmpty() || repository.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(url("GITHUB_SERVER_URL", "https://github.com") + "/" + repository.get() + "/actions/runs/"
                + run.get() + "/attempts/" + runAttempt());
    }

    /** The file with the event's payload. */
    Optional<Path> event() {
        return find("GITHUB_EVENT_PATH").map(Path::of);
    }

    /** What is checked out: {@code refs/pull/7/merge}. */
    Optional<String> ref() {
        return find("GITHUB_REF");
    }

    /** The file that takes the step's outputs. */
    public Optional<Path> output() {
        return find("GITHUB_OUTPUT").map(Path::of);
    }

    /** The file that takes the step's part of the job summary. */
    public Optional<Path> summary() {
        return find("GITHUB_STEP_SUMMARY").map(Path::of);
    }

    @Override
    public String toString() {
        return "ActionsEnvironment";
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private String matching(String name, Pattern form) {
        String value = find(name).orElseThrow(() -> missing(name, "It is not set."));
        if (!form.matcher(value).matches()) {
            throw missing(name, "It is not what a runner sets.");
        }
        return value;
    }

    private URI url(String name, String otherwise) {
        String text = find(name).orElse(otherwise);
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            boolean plain = url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            if (web && plain) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below; its message would quote the text.
        }
        throw missing(name, "It is no plain http or https URL.");
    }

    private static ProblemException missing(String name, String why) {
        return Problem.of(
                        Code.GITHUB_CONTEXT_MISSING,
                        "The environment variable " + name + " is not usable.",
                        why,
                        name.equals("GITHUB_TOKEN")
                                ? "Give the step its token: env: GITHUB_TOKEN: ${{ github.token }}"
                                : "Run this in a job of GitHub Actions, which sets it.")
                .at("environment variable " + name)
                .exception();
    }
}
