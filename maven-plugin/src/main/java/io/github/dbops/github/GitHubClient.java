package io.github.dbops.github;

import io.github.dbops.env.Secret;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks GitHub's API, one question at a time. The token goes to the API's own scheme, host and port and nowhere else,
 * whatever a redirect or a link says. What may pass is asked again, within bounds: see {@link Patience}.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">Best practices</a>
 */
final class GitHubClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 3;

    // HTTP/1.1: an upgrade to HTTP/2 over plain HTTP is what some proxies in front of an Enterprise server choke on.
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final URI api;
    private final URI graphql;
    private final Secret token;
    private final Patience patience;

    /**
     * Asks nothing yet.
     *
     * @throws ProblemException (GITHUB_CONTEXT_MISSING)
     */
    GitHubClient(ActionsEnvironment environment, Patience patience) {
        this.api = environment.api();
        this.graphql = environment.graphql();
        this.token = environment.token();
        this.patience = patience;
    }

    /**
     * Reads.
     *
     * @param path from the API's URL on, with a leading slash, percent-encoded
     * @throws ProblemException (GITHUB_UNREACHABLE, GITHUB_ANSWER_MALFORMED)
     */
    Answer get(String path) {
        return patiently(new Question("GET", URI.create(api + path), ""));
    }

    /**
     * Reads on, where an answer's link leads.
     *
     * @throws ProblemException (GITHUB_UNREACHABLE, GITHUB_ANSWER_MALFORMED where it leads to another host)
     */
    Answer follow(URI link) {
        Question question = new Question("GET", link, "");
        requireHome(link, question);
        return patiently(question);
    }

    /**
     * Changes something, in a way that may be repeated.
     *
     * @throws ProblemException (GITHUB_UNREACHABLE, GITHUB_ANSWER_MALFORMED)
     */
    Answer patch(String path, String json) {
        return patiently(new Question("PATCH", URI.create(api + path), json));
    }

    /**
     * Creates something. Where no answer comes it may have been created, and is not sent again.
     *
     * @throws ProblemException (GITHUB_UNREACHABLE, GITHUB_ANSWER_MALFORMED)
     */
    Answer post(String path, String json) {
        Question question = new Question("POST", URI.create(api + path), json);
        try {
            Answer answer = limited(question);
            if (answer.status() >= 500) {
                throw Patience.silent(question.toString(), "The answer was " + answer.words() + ".");
            }
            return answer;
        } catch (IOException e) {
            throw Patience.silent(question.toString(), words(e));
        }
    }

    /**
     * Asks the GraphQL API, which must be at the REST API's home.
     *
     * @param json a query that changes nothing
     * @throws ProblemException (GITHUB_UNREACHABLE, GITHUB_ANSWER_MALFORMED)
     */
    Answer query(String json) {
        Question question = new Question("POST", graphql, json);
        requireHome(graphql, question);
        return patiently(question);
    }

    private Answer patiently(Question question) {
        for (int attempt = 1; ; attempt++) {
            String why;
            try {
                Answer answer = limited(question);
                if (answer.status() < 500) {
                    return answer;
                }
                why = "The answer was " + answer.words() + ".";
            } catch (IOException e) {
                why = words(e);
            }
            patience.beforeRetry(attempt, question.toString(), why);
        }
    }

    /** A question that meets a rate limit was not looked at: it is always good to ask again. */
    private Answer limited(Question question) throws IOException {
        while (true) {
            Answer answer = redirected(question);
            if (!RateLimit.met(answer)) {
                return answer;
            }
            patience.untilReset(answer);
        }
    }

    private Answer redirected(Question question) throws IOException {
        Question asked = question;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Answer answer = once(asked);
            // A renamed repository:
            // https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
            boolean moved = answer.status() == 307
                    || answer.status() == 308
                    || (asked.isGet() && (answer.status() == 301 || answer.status() == 302));
            if (!moved) {
                return answer;
            }
            asked = new Question(question.method(), target(answer, asked), question.body());
            requireHome(asked.url(), question);
        }
        throw Answer.malformed(question.toString(), "It redirects again and again.");
    }

    private static URI target(Answer answer, Question asked) {
        try {
            return asked.url().resolve(URI.create(answer.header("location").orElse("")));
        } catch (IllegalArgumentException e) {
            throw Answer.malformed(asked.toString(), "It redirects to no URL.");
        }
    }

    private void requireHome(URI url, Question question) {
        boolean home = Objects.equals(url.getScheme(), api.getScheme())
                && api.getHost().equalsIgnoreCase(url.getHost())
                && port(url) == port(api)
                && url.getRawUserInfo() == null;
        if (!home) {
            throw Answer.malformed(
                    question.toString(),
                    "It leads to another host than GITHUB_API_URL's. The token was not sent there.");
        }
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    private Answer once(Question question) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(question.url())
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "dbops")
                .header("Authorization", "Bearer " + token.reveal());
        if (question.isGet()) {
            request.GET();
        } else {
            request.header("Content-Type", "application/json")
                    .method(question.method(), BodyPublishers.ofString(question.body()));
        }
        HttpResponse<String> response = answer(request.build(), question);
        return new Answer(
                question.toString(),
                response.statusCode(),
                response.headers(),
                response.body().replace(token.reveal(), "****"));
    }

    // A request's own timeout ends with the headers; a body that never ends would keep the build for ever.
    private HttpResponse<String> answer(HttpRequest request, Question question) throws IOException {
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return sent.get(patience.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new HttpTimeoutException(
                    "no whole answer within " + patience.answerWithin().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw Patience.silent(question.toString(), "The build was stopped.");
        }
    }

    private static String words(IOException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName() + "."
                : e.getClass().getSimpleName() + ": " + message + ".";
    }

    private record Question(String method, URI url, String body) {

        boolean isGet() {
            return method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + url;
        }
    }
}
