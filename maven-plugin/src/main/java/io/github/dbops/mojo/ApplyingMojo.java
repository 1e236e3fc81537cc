package io.github.dbops.mojo;

import io.github.dbops.command.Backup;
import io.github.dbops.command.SyncRequest.Review;
import io.github.dbops.run.Execution;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of every goal that first looks and then, when told so, writes what was reviewed. */
abstract class ApplyingMojo extends ConnectingMojo {

    /**
     * Only look, in read-only transactions, and report what an apply would write. This is what happens anyway unless
     * {@code apply} is set. Default: {@code false}. Example: {@code -DdryRun}.
     */
    @Parameter(property = "dryRun", defaultValue = "false")
    @Nullable
    String dryRun;

    /**
     * Write to the target what the reviewed dry-run showed, in one transaction. Not together with {@code dryRun}.
     * Default: {@code false}. Example: {@code -Dapply}.
     */
    @Parameter(property = "apply", defaultValue = "false")
    @Nullable
    String apply;

    /**
     * The digest of the dry-run that was reviewed; an apply that finds anything else refuses. Default: the digest in
     * {@code sync-review.json} or {@code undo-review.json} in the reports folder, which the goal's last dry-run left
     * there. Example:
     * {@code -Ddbops.expectDigest=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}.
     */
    @Parameter(property = "dbops.expectDigest")
    @Nullable
    String expectDigest;

    /**
     * {@code require}: an apply needs a reviewed digest. {@code skip}: apply whatever is found, without a review.
     * Default: {@code require}. Example: {@code -Ddbops.review=skip}.
     */
    @Parameter(property = "dbops.review", defaultValue = "require")
    @Nullable
    String review;

    /**
     * How old the review in the reports folder may be when an apply relies on it. Default: {@code PT1H}. Example:
     * {@code -Ddbops.reviewMaxAge=15m}.
     */
    @Parameter(property = "dbops.reviewMaxAge", defaultValue = "PT1H")
    @Nullable
    String reviewMaxAge;

    /**
     * What proves a backup before an apply: a command that must succeed, or a file that must be younger than
     * {@code dbops.backupMaxAge}. Default: none, and the apply says so. Example:
     * {@code -Ddbops.backupCheck=backups/latest.dump}.
     */
    @Parameter(property = "dbops.backupCheck")
    @Nullable
    String backupCheck;

    /**
     * How old the file of {@code dbops.backupCheck} may be. Default: {@code PT24H}. Example:
     * {@code -Ddbops.backupMaxAge=6h}.
     */
    @Parameter(property = "dbops.backupMaxAge", defaultValue = "PT24H")
    @Nullable
    String backupMaxAge;

    /**
     * Dry-run or apply.
     *
     * @param goal the goal's name
     */
    final Execution execution(ParameterReader read, String goal) {
        return read.execution(dryRun, apply, goal);
    }

    /**
     * What an apply is held against.
     *
     * @param report the file in which a dry-run's digest is found
     */
    final Review review(ParameterReader read, String report) {
        Reviewing reviewing = read.word("dbops.review", review, Reviewing.class);
        Review asked = new Review(
                read.digest("dbops.expectDigest", expectDigest, report),
                reviewing == Reviewing.SKIP,
                read.duration("dbops.reviewMaxAge", reviewMaxAge));
        if (asked.skipped() && asked.expected().isPresent()) {
            read.conflict(
                    "Both dbops.review=skip and dbops.expectDigest are set.",
                    "The first applies whatever is found, the second only what was reviewed.",
                    "Leave dbops.review out.");
        }
        return asked;
    }

    /** What proves a backup. */
    final Backup backup(ParameterReader read) {
        return read.backup(backupCheck, backupMaxAge);
    }

    private enum Reviewing {
        REQUIRE,
        SKIP
    }
}
