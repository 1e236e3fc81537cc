package io.github.dbops.command.github;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a comment's run is asked for.
 *
 * @param goal whose report; empty for the newest one in the folder
 * @param posting when a comment is posted
 * @param key what tells the comment from others of its goal, instead of plan and target
 * @param author whose comments are ours, instead of the token's own login
 * @param pullRequest its number, instead of the event's
 * @param reports the folder for reports, absolute
 */
public record CommentRequest(
        Optional<String> goal,
        Posting posting,
        Optional<String> key,
        Optional<String> author,
        Optional<Long> pullRequest,
        Path reports) {

    /** When a comment is posted. */
    public enum Posting {
        /** On a pull request. */
        AUTO,
        /** Not at all: job summary, outputs and annotations only. */
        NEVER
    }
}
