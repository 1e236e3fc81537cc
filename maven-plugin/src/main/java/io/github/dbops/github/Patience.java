package io.github.dbops.github;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;

/** How long GitHub is waited for: a few tries per question, and three minutes of waiting in all. One thread. */
public final class Patience {

    private static final Duration ALL = Duration.ofMinutes(3);
    private static final int MOST_ATTEMPTS = 4;

    private final Pause pause;
    private final InstantSource clock;
    private final Duration answerWithin;
    private Duration left = ALL;

    /**
     * Has waited for nothing yet.
     *
     * @param pause how to wait
     * @param clock what time it is, for limits that end at a time
     * @param answerWithin how long a whole answer may take
     */
    public Patience(Pause pause, InstantSource clock, Duration answerWithin) {
        this.pause = pause;
        this.clock = clock;
        this.answerWithin = answerWithin;
    }

    /** A build's patience: half a minute for an answer. */
    public static Patience ofABuild() {
        return new Patience(
                duration -> Thread.sleep(duration.toMillis()), InstantSource.system(), Duration.ofSeconds(30));
    }

    /** How long a whole answer may take. */
    Duration answerWithin() {
        return answerWithin;
    }

    /**
     * Waits before the next attempt: 1, 2, 4 seconds.
     *
     * @param attempt which one has failed, from 1 on
     * @throws ProblemException (GITHUB_UNREACHABLE) where it was the last one
     */
    void beforeRetry(int attempt, String question, String why) {
        if (attempt >= MOST_ATTEMPTS) {
            throw silent(question, why);
        }
        spend(Duration.ofSeconds(1L << (attempt - 1)), question, why);
    }

    /**
     * Waits until a rate limit is over.
     *
     * @throws ProblemException (GITHUB_UNREACHABLE) where that is too long
     */
    void untilReset(Answer limited) {
        Duration wait = RateLimit.wait(limited, clock.instant());
        String why = "A rate limit is met (" + limited.words() + "), and waiting " + wait.toSeconds()
                + " s for its end is too long.";
        // A server that says "0 seconds" again and again must not be asked for ever.
        spend(wait.isZero() ? Duration.ofSeconds(1) : wait, limited.question(), why);
    }

    /** The problem that silence makes. */
    static ProblemException silent(String question, String why) {
        return Problem.of(
                        Code.GITHUB_UNREACHABLE,
                        "GitHub does not answer.",
                        why,
                        "Look at https://www.githubstatus.com, or at your Enterprise server.",
                        "Run the job again.")
                .at(question)
                .exception();
    }

    private void spend(Duration wait, String question, String why) {
        if (wait.compareTo(left) > 0) {
            throw silent(question, why);
        }
        left = left.minus(wait);
        try {
            pause.of(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(question, "The build was stopped.");
        }
    }
}
