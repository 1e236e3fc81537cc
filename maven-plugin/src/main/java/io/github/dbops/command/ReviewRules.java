package io.github.dbops.command;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What every goal asks of a review before it writes.
 *
 * @param said what the operator said of it
 * @param command how to make a new dry-run
 */
public record ReviewRules(SyncRequest.Review said, String command) {

    // A review may come from another machine.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** Why a review of that time does not count; empty where it does. */
    public Optional<String> flawOf(Instant reviewedAt) {
        Duration age = Duration.between(reviewedAt, Instant.now());
        if (age.compareTo(CLOCKS_APART.negated()) < 0) {
            return Optional.of("The dry-run claims to be of " + reviewedAt + ", which is in the future.");
        }
        return age.compareTo(said.maxAge()) > 0
                ? Optional.of("The dry-run is " + age.toMinutes() + " minutes old; it counts for "
                        + said.maxAge().toMinutes() + " (dbops.reviewMaxAge).")
                : Optional.empty();
    }

    /** The refusal of an apply without a review that counts. */
    public RuntimeException missing(String why) {
        return Problem.of(
                        Code.REVIEW_MISSING,
                        "An apply needs a reviewed dry-run.",
                        why,
                        "Make a dry-run, read its report, then apply: " + command,
                        "Or name the reviewed digest: -Ddbops.expectDigest=DIGEST",
                        "Or apply whatever is found: -Ddbops.review=skip")
                .exception();
    }
}
