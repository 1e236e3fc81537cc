package io.github.dbops.sync.draft;

import java.util.List;

/**
 * Columns that may identify a row in both databases.
 *
 * @param columns the columns, in the order in which a plan would list them
 * @param grade how good the evidence is
 * @param evidence the evidence, for people; a part of a sentence
 */
public record KeyCandidate(List<String> columns, Grade grade, String evidence) {

    public KeyCandidate {
        columns = List.copyOf(columns);
    }

    /** How good the evidence for a key is; the best first. */
    public enum Grade {
        /** A unique index on columns that are never NULL, or a primary key that means something. */
        UNIQUE("unique"),
        /** A unique index on columns that may be NULL, and no row makes use of that. */
        UNIQUE_WHERE_FILLED("unique-where-filled"),
        /** No index says so, but the rows do, and the names are such as keys have. */
        UNIQUE_IN_DATA("unique-in-data"),
        /** Unique, but made up by a program: it means the same on both sides only where rows were copied. */
        PLAIN_ID("plain-id"),
        /** Not enough is known; never proposed, only named. */
        UNPROVEN("unproven");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        /** The report's word. */
        public String word() {
            return word;
        }
    }

    /** Whether a plan may begin with it. */
    boolean isProposable() {
        return grade != Grade.UNPROVEN;
    }
}
