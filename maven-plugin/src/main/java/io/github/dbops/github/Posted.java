package io.github.dbops.github;

/**
 * What became of a comment.
 *
 * @param change what was done
 * @param page its address for people
 * @param author who GitHub says has written it
 */
public record Posted(Change change, String page, String author) {

    /** What was done to a comment. */
    public enum Change {
        CREATED,
        UPDATED,
        /** It says the same already. */
        UNCHANGED
    }
}
