package io.github.dbops.command;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.report.Review;
import io.github.dbops.report.ReviewFile;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.compare.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds an apply against what was reviewed; spec section 2, {@code dbops.expectDigest}, and rule 5.
 *
 * @param rules what the operator said
 * @param file where a dry-run left its review
 * @param command how to make a new dry-run
 */
record Reviewed(SyncRequest.Review rules, ReviewFile file, String command) {

    // A review may come from another machine.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** Whether there is anything to hold an apply against; asked before anything is connected to. */
    void checkPresent() {
        if (!rules.skipped() && rules.expected().isEmpty() && file.read().isEmpty()) {
            throw missing("There is no " + file.path() + ": no dry-run was made, or an apply has consumed it.");
        }
    }

    /**
     * The digest that the change set must have; empty: whatever is found is applied.
     *
     * @param plan the plan to be applied
     * @param databases what is connected to
     * @throws io.github.dbops.problem.ProblemException (REVIEW_MISSING) where the review is of something else, or too old
     */
    Optional<Digest> expected(Plan plan, Comparison.Identity databases) {
        if (rules.skipped()) {
            return Optional.empty();
        }
        if (rules.expected().isPresent()) {
            return rules.expected();
        }
        Review review = file.read().orElseThrow(() -> missing("The review has gone since the run began."));
        if (!review.planHash().equals(plan.hash())) {
            throw missing("The plan has changed since the dry-run of " + review.reviewedAt() + ".");
        }
        if (!review.source().equals(databases.source()) || !review.target().equals(databases.target())) {
            throw missing("The dry-run of " + review.reviewedAt() + " was between other databases.");
        }
        Duration age = Duration.between(review.reviewedAt(), Instant.now());
        if (age.compareTo(CLOCKS_APART.negated()) < 0) {
            throw missing("The dry-run claims to be of " + review.reviewedAt() + ", which is in the future.");
        }
        if (age.compareTo(rules.maxAge()) > 0) {
            throw missing("The dry-run is " + age.toMinutes() + " minutes old; it counts for "
                    + rules.maxAge().toMinutes() + " (dbops.reviewMaxAge).");
        }
        return Optional.of(review.digest());
    }

    /** The refusal of a change set that is not the reviewed one. */
    Problem drifted(Digest expected, ChangeSet found) {
        String now = found.digest().map(Digest::brief).orElse("none");
        return Problem.of(
                Code.DIGEST_DIFFERS,
                "The change set is not the one that was reviewed.",
                "Reviewed: " + expected.brief() + "…, now: " + now + "…. " + driftedTables(expected, found),
                "Make a new dry-run, review it, and apply that: " + command);
    }

    private String driftedTables(Digest expected, ChangeSet found) {
        Optional<Review> review = readQuietly().filter(r -> r.digest().equals(expected));
        if (review.isEmpty()) {
            return "Now to be changed: " + described(found) + ".";
        }
        TreeSet<String> tables = new TreeSet<>(review.get().tables().keySet());
        tables.addAll(found.tableDigests().keySet());
        tables.removeIf(t -> review.get()
                .tables()
                .getOrDefault(t, "")
                .equals(found.tableDigests().getOrDefault(t, "")));
        return tables.isEmpty()
                ? "The tables' changes are the same; the plan or the databases are not."
                : "Drifted since: " + String.join(", ", tables) + ". Now to be changed: " + described(found) + ".";
    }

    // Only to name the tables: a review that cannot be read must not hide the refusal itself.
    private Optional<Review> readQuietly() {
        try {
            return file.read();
        } catch (io.github.dbops.problem.ProblemException unreadable) {
            return Optional.empty();
        }
    }

    private static String described(ChangeSet found) {
        List<TableDifference> changed = found.differences().stream()
                .filter(d -> d.counts().hasChanges())
                .toList();
        return changed.isEmpty()
                ? "nothing (another run may have applied it)"
                : changed.stream()
                        .map(d -> d.shape().name() + " (" + counts(d.counts()) + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String counts(Counts counts) {
        return counts.toInsert() + " to insert, " + counts.toUpdate() + " to update";
    }

    private RuntimeException missing(String why) {
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
