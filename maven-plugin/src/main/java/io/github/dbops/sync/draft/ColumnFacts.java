package io.github.dbops.sync.draft;

import java.util.Set;

/**
 * A column as far as a first plan needs to know it.
 *
 * @param name its name
 * @param type its type as SQL names it, for people
 * @param family what the type is good for
 * @param traits what else holds of it
 */
public record ColumnFacts(String name, String type, Family family, Set<Trait> traits) {

    public ColumnFacts {
        traits = Set.copyOf(traits);
    }

    /** Whether something holds of it. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** What may hold of a column. */
    public enum Trait {
        /** A sync can find rows by it: its type is one of those that keys may have. */
        KEYABLE,
        NOT_NULL,
        HAS_DEFAULT,
        /** Its default is the time at which a row is written. */
        DEFAULTS_TO_NOW,
        /** Its value comes from a sequence, so that equal numbers in two databases mean nothing. */
        SEQUENCE_BACKED,
        /** Computed from other columns. */
        GENERATED,
        /** Text of at most ten characters: more like a code than like a generated id. */
        SHORT
    }
}
