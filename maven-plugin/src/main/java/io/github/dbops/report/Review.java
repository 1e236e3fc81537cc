package io.github.dbops.report;

import io.github.dbops.run.Digest;
import java.time.Instant;
import java.util.Map;

/**
 * What a dry-run leaves behind for the apply that follows it. Whether it still counts is the command's question.
 *
 * @param digest of the change set that was shown
 * @param planHash the plan's hash
 * @param source the source's identity as the command states it, no secret in it
 * @param target the target's identity
 * @param reviewedAt when the dry-run began
 * @param runId the dry-run's id
 * @param toInsert rows that were to be inserted
 * @param toUpdate rows that were to be updated
 * @param conflicts keys on both sides
 * @param tables each changed table's own digest, so that an apply can tell which ones have drifted
 */
public record Review(
        Digest digest,
        String planHash,
        String source,
        String target,
        Instant reviewedAt,
        String runId,
        long toInsert,
        long toUpdate,
        long conflicts,
        Map<String, String> tables) {

    public Review {
        tables = Map.copyOf(tables);
    }
}
