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
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds an apply against what was reviewed; spec section 2, {@code dbops.expectDigest}, and rule 5.
 *
 * @param rules what is asked of a review
 * @param file where a dry-run left its review
 */
record Reviewed(ReviewRules rules, ReviewFile file) {

    /** Whether whatever is found is applied. */
    boolean isSkipped() {
        return rules.said().skipped();
    }

    /** Whether there is anything to hold an apply against; asked before anything is connected to. */
    void checkPresent() {
        if (!isSkipped() && rules.said().expected().isEmpty() && file.read().isEmpty()) {
            throw rules.missing("There is no " + file.path() + ": no dry-run was made, or an apply has consumed it.");
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
        if (isSkipped()) {
            return Optional.empty();
        }
        if (rules.said().expected().isPresent()) {
            return rules.said().expected();
        }
        Review review = file.read().orElseThrow(() -> rules.missing("The review has gone since the run began."));
        if (!review.planHash().equals(plan.hash())) {
            throw rules.missing("The plan has changed since the dry-run of " + review.reviewedAt() + ".");
        }
        if (!review.source().equals(databases.source()) || !review.target().equals(databases.target())) {
            throw rules.missing("The dry-run of " + review.reviewedAt() + " was between other databases.");
        }
        Optional<String> flaw = rules.flawOf(review.reviewedAt());
        if (flaw.isPresent()) {
            throw rules.missing(flaw.get());
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
                "Make a new dry-run, review it, and apply that: " + rules.command());
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
}
