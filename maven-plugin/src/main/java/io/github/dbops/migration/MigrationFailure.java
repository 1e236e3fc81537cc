package io.github.dbops.migration;

import io.github.dbops.problem.Problem;
import java.util.Optional;

/**
 * A migration that failed, in the database's own words.
 *
 * @param migration its name
 * @param place {@code file:line} of the statement; empty where no statement failed
 * @param statement the statement's beginning; empty where it is not known which
 * @param sqlState five characters; empty where the database did not answer
 * @param message PostgreSQL's message, or the tool's
 * @param detail PostgreSQL's DETAIL
 * @param hint PostgreSQL's HINT
 * @param left what the database has of the migration now
 * @param problem the same for its reader, with what to do next
 */
public record MigrationFailure(
        String migration,
        Optional<String> place,
        Optional<String> statement,
        Optional<String> sqlState,
        String message,
        Optional<String> detail,
        Optional<String> hint,
        Left left,
        Problem problem) {

    /** The same failure, told to its reader by another problem. */
    public MigrationFailure with(Problem other) {
        return new MigrationFailure(migration, place, statement, sqlState, message, detail, hint, left, other);
    }

    /** What a failed migration leaves in the database. */
    public enum Left {
        /** It was rolled back. */
        NOTHING("nothing"),
        /** The statements before the failed one are committed. */
        A_PART("a part"),
        /** It cannot be told from here. */
        UNKNOWN("unknown");

        private final String word;

        Left(String word) {
            this.word = word;
        }

        /** The reports' word. */
        public String word() {
            return word;
        }
    }
}
