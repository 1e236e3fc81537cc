package io.github.dbops.world;

import java.util.Locale;
import java.util.Set;

/** Which worlds are drawn: all, or those alone that an engine without translated references can handle. */
enum Scope {
    /** No reference between tables of the plan but to natural keys, and nothing that only the apply finds. */
    UNTRANSLATED,
    /** Everything. */
    FULL;

    private static final Set<Trouble> TRANSLATED_ONLY =
            Set.of(Trouble.BLOCKED, Trouble.COLLISION, Trouble.CYCLE, Trouble.CONSTRAINT, Trouble.REFERENCED_VALUE);

    /** The one that {@code -Ddbops.world} names. */
    static Scope wanted() {
        return valueOf(System.getProperty("dbops.world", FULL.name()).toUpperCase(Locale.ROOT));
    }

    boolean allows(Trouble trouble) {
        return this == FULL || !TRANSLATED_ONLY.contains(trouble);
    }

    boolean isFull() {
        return this == FULL;
    }
}
