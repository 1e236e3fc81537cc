package io.github.dbops.github;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells a rate limit from a refusal, and how long it lasts.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate limits</a>
 */
final class RateLimit {

    // What the manual asks for where a secondary limit says nothing of its own.
    private static final Duration UNSAID = Duration.ofMinutes(1);

    private RateLimit() {}

    /** Whether the question was turned away unread. */
    static boolean met(Answer answer) {
        if (answer.status() == 429) {
            return true;
        }
        return answer.status() == 403
                && (answer.header("retry-after").isPresent()
                        || isUsedUp(answer)
                        || answer.words().toLowerCase(Locale.ROOT).contains("rate limit"));
    }

    /** How long to wait before the next question. */
    static Duration wait(Answer answer, Instant now) {
        Optional<Duration> said = seconds(answer, "retry-after").map(Duration::ofSeconds);
        if (said.isPresent()) {
            return said.get();
        }
        Optional<Duration> reset = seconds(answer, "x-ratelimit-reset")
                .filter(second -> isUsedUp(answer))
                .map(second ->
                        Duration.between(now, Instant.ofEpochSecond(second).plusSeconds(1)));
        return reset.map(left -> left.isNegative() ? Duration.ofSeconds(1) : left)
                .orElse(UNSAID);
    }

    private static boolean isUsedUp(Answer answer) {
        return answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
    }

    private static Optional<Long> seconds(Answer answer, String header) {
        return answer.header(header).filter(text -> text.matches("[0-9]{1,11}")).map(Long::parseLong);
    }
}
