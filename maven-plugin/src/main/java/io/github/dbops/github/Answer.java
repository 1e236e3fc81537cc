package io.github.dbops.github;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.function.Function;

/**
 * What GitHub answered.
 *
 * @param question method and path, for people
 * @param status HTTP's
 * @param headers all of them
 * @param body without the token, should the other side have repeated it
 */
record Answer(String question, int status, HttpHeaders headers, String body) {

    private static final int LONGEST_MESSAGE = 300;

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * What the body says.
     *
     * @param reading takes it apart, and throws {@link IllegalArgumentException} where it is not as documented
     * @throws ProblemException (GITHUB_ANSWER_MALFORMED)
     */
    <T> T read(Function<JsonValue, T> reading) {
        try {
            return reading.apply(JsonValue.of(body));
        } catch (IllegalArgumentException e) {
            throw malformed(question, "The answer's body: " + e.getMessage() + ".");
        }
    }

    /** GitHub's own words for a refusal: {@code 403 "Resource not accessible by integration"}. */
    String words() {
        try {
            String message = JsonValue.of(body).field("message").text();
            String line = message.replaceAll("\\p{Cntrl}+", " ");
            return status + " \"" + line.substring(0, Math.min(line.length(), LONGEST_MESSAGE)) + "\"";
        } catch (IllegalArgumentException e) {
            return Integer.toString(status);
        }
    }

    /** The problem that an answer makes which is not what the API's description promises. */
    static ProblemException malformed(String question, String why) {
        return Problem.of(
                        Code.GITHUB_ANSWER_MALFORMED,
                        "GitHub's answer cannot be understood.",
                        why,
                        "Look at what stands at GITHUB_API_URL: a proxy or a sign-in page may answer for it.",
                        "Run the job again.")
                .at(question)
                .exception();
    }
}
