package io.github.dbops.command.undo;

import io.github.dbops.command.ReviewRules;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.UndoReview;
import io.github.dbops.report.UndoReviewFile;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import io.github.dbops.sync.undo.Reversal;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds an undo against what was reviewed.
 *
 * @param rules what is asked of a review
 * @param file where a dry-run left its review
 */
record UndoReviewed(ReviewRules rules, UndoReviewFile file) {

    /** Whether there is anything to hold an apply against; asked before anything is connected to. */
    void checkPresent() {
        if (!rules.said().skipped()
                && rules.said().expected().isEmpty()
                && file.read().isEmpty()) {
            throw rules.missing("There is no " + file.path() + ": no dry-run was made, or an apply has consumed it.");
        }
    }

    /**
     * Refuses a reversal that is not the reviewed one.
     *
     * @param target what is connected to
     * @throws ProblemException DIGEST_DIFFERS; REVIEW_MISSING where the review is of something else, or too old
     */
    void check(Reversal found, String target) {
        Optional<Digest> expected = expected(found.run().id(), target);
        if (expected.isPresent() && !expected.equals(found.digest())) {
            throw drifted(expected.get(), found).exception();
        }
    }

    private Optional<Digest> expected(String run, String target) {
        if (rules.said().skipped()) {
            return Optional.empty();
        }
        if (rules.said().expected().isPresent()) {
            return rules.said().expected();
        }
        UndoReview review = file.read().orElseThrow(() -> rules.missing("The review has gone since the run began."));
        if (!review.run().equals(run)) {
            throw rules.missing("The dry-run of " + review.reviewedAt() + " was of run " + review.run() + ".");
        }
        if (!review.target().equals(target)) {
            throw rules.missing("The dry-run of " + review.reviewedAt() + " was in another database.");
        }
        Optional<String> flaw = rules.flawOf(review.reviewedAt());
        if (flaw.isPresent()) {
            throw rules.missing(flaw.get());
        }
        return Optional.of(review.digest());
    }

    private Problem drifted(Digest expected, Reversal found) {
        String now = found.digest().map(Digest::brief).orElse("none");
        return Problem.of(
                Code.DIGEST_DIFFERS,
                "What would be undone is not what was reviewed.",
                "Reviewed: " + expected.brief() + "…, now: " + now + "…. " + driftedTables(expected, found)
                        + "Now to be undone: " + described(found) + ".",
                "Make a new dry-run, review it, and apply that: " + rules.command());
    }

    private String driftedTables(Digest expected, Reversal found) {
        Optional<UndoReview> review = readQuietly().filter(r -> r.digest().equals(expected));
        if (review.isEmpty()) {
            return "";
        }
        TreeSet<String> tables = new TreeSet<>(review.get().tables().keySet());
        tables.addAll(found.tableDigests().keySet());
        tables.removeIf(t -> review.get()
                .tables()
                .getOrDefault(t, "")
                .equals(found.tableDigests().getOrDefault(t, "")));
        return tables.isEmpty() ? "" : "Drifted since: " + String.join(", ", tables) + ". ";
    }

    // Only to name the tables: a review that cannot be read must not hide the refusal itself.
    private Optional<UndoReview> readQuietly() {
        try {
            return file.read();
        } catch (ProblemException unreadable) {
            return Optional.empty();
        }
    }

    private static String described(Reversal found) {
        List<UndoTable> changed = found.tables().stream()
                .filter(table -> table.counts().toRevert() > 0)
                .toList();
        return changed.isEmpty()
                ? "nothing"
                : changed.stream()
                        .map(table -> table.name() + " (" + table.counts().of(UndoState.RESTORE) + " to restore, "
                                + table.counts().of(UndoState.DELETE) + " to delete)")
                        .collect(Collectors.joining(", "));
    }
}
