package io.github.dbops.command;

import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Comparing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that one run of {@code dbops:sync} was asked.
 *
 * @param directory the execution root; relative paths start here
 * @param execution dry-run or apply
 * @param plan the plan file as given; empty: the first of the default places that exists
 * @param words what was said about overwriting protected tables
 * @param from the source's settings
 * @param to the target's settings
 * @param review how an apply knows that its change set was reviewed
 * @param backup what proves a backup before an apply
 * @param connections how sessions are opened
 * @param comparing hash or exact
 * @param jobs how many sessions a side may be read through at once
 * @param audit whether an apply leaves a record in the target
 * @param reports the folder for reports
 */
public record SyncRequest(
        Path directory,
        Execution execution,
        Optional<String> plan,
        OverwriteWords words,
        DatabaseSettings from,
        DatabaseSettings to,
        Review review,
        Backup backup,
        ConnectionPolicy connections,
        Comparing comparing,
        int jobs,
        boolean audit,
        Path reports) {

    /**
     * What was said of the two words without which a protected table is not overwritten.
     *
     * @param allowed {@code allowProtectedOverwrite}
     * @param confirmation {@code confirmOverwrite}, as given
     */
    public record OverwriteWords(boolean allowed, Optional<String> confirmation) {}

    /**
     * What an apply is held against.
     *
     * @param expected {@code dbops.expectDigest}; empty: the digest in {@code sync-review.json}
     * @param skipped {@code dbops.review=skip}: apply whatever is found
     * @param maxAge how old {@code sync-review.json} may be
     */
    public record Review(Optional<Digest> expected, boolean skipped, Duration maxAge) {}
}
