package io.github.dbops.report;

import io.github.dbops.run.Digest;
import java.time.Instant;
import java.util.Map;

/**
 * What an undo's dry-run leaves behind for the apply that follows it. Whether it still counts is the command's question.
 *
 * @param digest of what was shown
 * @param run the run to be undone
 * @param target the target's identity as the command states it, no secret in it
 * @param reviewedAt when the dry-run began
 * @param runId the dry-run's own id
 * @param toRestore rows that were to get their former values back
 * @param toDelete rows that were to be deleted
 * @param tables each changed table's own digest, so that an apply can tell which ones have drifted
 */
public record UndoReview(
        Digest digest,
        String run,
        String target,
        Instant reviewedAt,
        String runId,
        long toRestore,
        long toDelete,
        Map<String, String> tables) {

    public UndoReview {
        tables = Map.copyOf(tables);
    }
}
