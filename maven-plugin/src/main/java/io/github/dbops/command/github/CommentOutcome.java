package io.github.dbops.command.github;

import io.github.dbops.github.Posted;
import java.util.List;
import java.util.Optional;

/**
 * What became of a report's way to its readers. There is no failure in it: a comment that cannot be posted never hides
 * what happened to the database.
 *
 * @param posted the comment; empty where there is none
 * @param said what was done, one sentence each
 * @param warnings what was not done and why, one sentence each
 */
public record CommentOutcome(Optional<Posted> posted, List<String> said, List<String> warnings) {

    public CommentOutcome {
        said = List.copyOf(said);
        warnings = List.copyOf(warnings);
    }
}
