package io.github.dbops.report;

import io.github.dbops.run.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code sync-review.json} in the folder for reports: a {@link Review} on disk. Only another dry-run replaces it, and a
 * successful apply consumes it; spec section 5, "Reports".
 *
 * @param path the file
 */
public record ReviewFile(Path path) {

    /** The review file of a folder for reports. */
    public static ReviewFile in(Path folder) {
        return new ReviewFile(folder.resolve("sync-review.json"));
    }

    /**
     * Replaces the file in one step.
     *
     * @throws io.github.dbops.problem.ProblemException (REPORT_NOT_WRITTEN)
     */
    public void write(Review review) {
        file().write(
                        json -> {
                            json.writeStringField("digest", review.digest().hex());
                            json.writeStringField("planHash", review.planHash());
                            json.writeStringField("source", review.source());
                            json.writeStringField("target", review.target());
                            json.writeStringField(
                                    "reviewedAt", review.reviewedAt().toString());
                            json.writeStringField("runId", review.runId());
                            json.writeNumberField("toInsert", review.toInsert());
                            json.writeNumberField("toUpdate", review.toUpdate());
                            json.writeNumberField("conflicts", review.conflicts());
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
    public Optional<Review> read() {
        return file().read(fields -> new Review(
                new Digest(fields.text("digest")),
                fields.text("planHash"),
                fields.text("source"),
                fields.text("target"),
                Instant.parse(fields.text("reviewedAt")),
                fields.text("runId"),
                fields.number("toInsert"),
                fields.number("toUpdate"),
                fields.number("conflicts"),
                fields.tables()));
    }

    /**
     * Consumes the file after a successful apply; no file is no problem.
     *
     * @throws io.github.dbops.problem.ProblemException (REPORT_NOT_WRITTEN)
     */
    public void delete() {
        file().delete();
    }

    private ReviewJson file() {
        return new ReviewJson(path, "mvn dbops:sync");
    }
}
