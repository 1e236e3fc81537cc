package io.github.dbops.github;

import java.util.Optional;

/**
 * What became of a comment.
 *
 * @param change what was done
 * @param page its address for people
 * @param unexpectedAuthor as whom a comment was written, where it is not the one whose comments are looked for
 */
public record Posted(Change change, String page, Optional<String> unexpectedAuthor) {

    /** What was done to a comment. */
    public enum Change {
        CREATED,
        UPDATED,
        /** It says the same already. */
        UNCHANGED
    }
}
