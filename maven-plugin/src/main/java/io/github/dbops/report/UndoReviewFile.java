package io.github.dbops.report;

import io.github.dbops.run.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code undo-review.json} in the folder for reports: an {@link UndoReview} on disk. Only another dry-run of an undo
 * replaces it, and a successful undo consumes it.
 *
 * @param path the file
 */
public record UndoReviewFile(Path path) {

    /** The review file of a folder for reports. */
    public static UndoReviewFile in(Path folder) {
        return new UndoReviewFile(folder.resolve("undo-review.json"));
    }

    /**
     * Replaces the file in one step.
     *
     * @throws io.github.dbops.problem.ProblemException (REPORT_NOT_WRITTEN)
     */
    public void write(UndoReview review) {
        file().write(
                        json -> {
                            json.writeStringField("digest", review.digest().hex());
                            json.writeStringField("run", review.run());
                            json.writeStringField("target", review.target());
                            json.writeStringField(
                                    "reviewedAt", review.reviewedAt().toString());
                            json.writeStringField("runId", review.runId());
                            json.writeNumberField("toRestore", review.toRestore());
                            json.writeNumberField("toDelete", review.toDelete());
                        },
                        review.tables());
    }

    /**
     * What the last dry-run left.
     *
     * @return empty where there is no file
     * @throws io.github.dbops.problem.ProblemException (REVIEW_MISSING) where the file cannot be read as what a dry-run
     *     writes
     */
    public Optional<UndoReview> read() {
        return file().read(fields -> new UndoReview(
                new Digest(fields.text("digest")),
                fields.text("run"),
                fields.text("target"),
                Instant.parse(fields.text("reviewedAt")),
                fields.text("runId"),
                fields.number("toRestore"),
                fields.number("toDelete"),
                fields.tables()));
    }

    /**
     * Consumes the file after a successful undo; no file is no problem.
     *
     * @throws io.github.dbops.problem.ProblemException (REPORT_NOT_WRITTEN)
     */
    public void delete() {
        file().delete();
    }

    private ReviewJson file() {
        return new ReviewJson(path, "mvn dbops:undo -Drun=ID");
    }
}
