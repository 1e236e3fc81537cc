package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import java.util.Optional;

/**
 * A column's type, domains looked through.
 *
 * @param declared as SQL names it, modifier included: {@code numeric(12,2)}; resolvable in the session that read it
 * @param plain the same with all domains taken off: the base type with the modifier that applies
 * @param base the type below all domains
 * @param kind what the base type is
 * @param element an array's element type or a range's bound type
 * @param send the base type's binary output function; empty: it has none that SQL can call, as refcursor, whose function
 *     takes a text
 * @param deterministic its collation tells unequal bytes apart, or it has none
 * @param domain it is declared as a domain
 */
public record Type(
        String declared,
        String plain,
        QualifiedName base,
        Kind kind,
        Optional<QualifiedName> element,
        Optional<QualifiedName> send,
        boolean deterministic,
        boolean domain) {

    private static final String CATALOG = "pg_catalog";

    /** Whether the base type is PostgreSQL's own, so that it is the same type, with the same OID, on every server. */
    public boolean isBuiltIn() {
        return base.schema().equals(CATALOG);
    }

    /** Whether the element type is PostgreSQL's own. */
    public boolean hasBuiltInElement() {
        return element.filter(e -> e.schema().equals(CATALOG)).isPresent();
    }

    /** Whether it is this type of PostgreSQL's own, under any domain. */
    public boolean is(String builtIn) {
        return isBuiltIn() && base.name().equals(builtIn);
    }

    /** Whether it is the citext extension's type, wherever that is installed. */
    public boolean isCitext() {
        return base.name().equals("citext");
    }

    /** Its equality, under which keys meet. */
    public Operator equality() {
        return kind == Kind.BASE ? new Operator(base.schema(), "=") : Operator.EQUALS;
    }

    /**
     * What a type is.
     *
     * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-type.html">pg_type.typtype</a>
     */
    public enum Kind {
        BASE,
        ARRAY,
        ENUM,
        COMPOSITE,
        RANGE,
        OTHER
    }
}
