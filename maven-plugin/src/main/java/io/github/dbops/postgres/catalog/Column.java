package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import java.util.Optional;

/**
 * A column.
 *
 * @param name its name
 * @param type its type
 * @param notNull NULL is refused, by the column or its domain
 * @param filled no row has NULL there: it is refused, and was when the rows came. PostgreSQL 18 knows {@code NOT NULL} that is
 *     {@code NOT VALID}, foreign tables and partitions are not its own to tell of, and <a
 *     href="https://www.postgresql.org/docs/current/sql-createdomain.html">a domain's lets some NULL through</a>
 * @param hasDefault a row that leaves it out gets a value; identity columns included
 * @param identity identity column, ALWAYS or BY DEFAULT
 * @param generated computed from other columns; never written
 * @param sequence the sequence behind its default or identity
 * @param sequenceUsable the session's role may call {@code nextval} on that sequence; true where there is none
 * @param readable the session's role may SELECT it, by a grant on the table or on the column
 * @param defaultExpression its default, in SQL; empty for identity and generated columns
 */
public record Column(
        String name,
        Type type,
        boolean notNull,
        boolean filled,
        boolean hasDefault,
        Identity identity,
        boolean generated,
        Optional<QualifiedName> sequence,
        boolean sequenceUsable,
        boolean readable,
        Optional<String> defaultExpression) {

    /** Whether its value comes from a sequence, so that equal numbers in two databases mean nothing. */
    public boolean isSequenceBacked() {
        return sequence.isPresent();
    }

    /** The SQL of the value that a row gets which leaves the column out; empty where that is NULL or a domain's. */
    public Optional<String> generator() {
        return identity == Identity.NONE
                ? defaultExpression
                : sequence.map(name -> "nextval('" + name.sql().replace("'", "''") + "'::regclass)");
    }

    /** Whether a column is an identity column. */
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }
}
