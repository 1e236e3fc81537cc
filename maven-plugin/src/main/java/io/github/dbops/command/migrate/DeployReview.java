package io.github.dbops.command.migrate;

import io.github.dbops.migration.DeployDigest;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import java.util.List;
import java.util.stream.Collectors;

/** Holds what a deploy would do against what was reviewed; spec section 4, {@code dbops.expectDigest}. */
record DeployReview(DeployRequest request) {

    /** Empty where it is what was reviewed, or nothing was said of a review. */
    List<Problem> problems(History history) {
        Digest found = DeployDigest.of(history);
        return request
                .expected()
                .filter(expected -> !expected.equals(found))
                .map(expected -> differs(expected, found, history))
                .stream()
                .toList();
    }

    private static Problem differs(Digest expected, Digest found, History history) {
        String pending = history.pending().stream().map(Migration::name).collect(Collectors.joining(", "));
        return Problem.of(
                Code.DEPLOY_DIGEST_DIFFERS,
                "What would be deployed is not what was reviewed.",
                "Reviewed: " + expected.brief() + "…, now: " + found.brief() + "…. Pending now: "
                        + (pending.isEmpty() ? "nothing (another run may have deployed it)" : pending)
                        + ". Files, settings or the database's history have changed since.",
                "Make a new dry-run, review it, and deploy that: mvn dbops:migrate-deploy -DdryRun");
    }
}
