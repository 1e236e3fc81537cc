package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import java.util.Optional;

/**
 * A column.
 *
 * @param name its name
 * @param type its type
 * @param notNull NULL is refused, by the column or its domain
 * @param hasDefault a row that leaves it out gets a value; identity columns included
 * @param identity identity column, ALWAYS or BY DEFAULT
 * @param generated computed from other columns; never written
 * @param sequence the sequence behind its default or identity
 */
public record Column(
        String name,
        Type type,
        boolean notNull,
        boolean hasDefault,
        Identity identity,
        boolean generated,
        Optional<QualifiedName> sequence) {

    /** Whether its value comes from a sequence, so that equal numbers in two databases mean nothing. */
    public boolean isSequenceBacked() {
        return sequence.isPresent();
    }

    /** Whether a column is an identity column. */
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }
}
