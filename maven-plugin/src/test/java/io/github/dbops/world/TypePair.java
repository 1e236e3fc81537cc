package io.github.dbops.world;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a value on its way from the source's type of a column to the target's.
 *
 * @param inexact a condition on {@code %1$s}, a value of the source's type, under which the target's type cannot hold
 *     it; null where it holds all
 * @param assignable whether PostgreSQL assigns the one to the other at all
 */
record TypePair(@Nullable String inexact, Assignable assignable) {

    /** Whether an INSERT could put a value of the source's type there. */
    enum Assignable {
        YES,
        /** PostgreSQL does, and still it may be refused: more than a rounding is lost. */
        RELUCTANTLY,
        NO
    }

    private static final TypePair ALL_FIT = new TypePair(null, Assignable.YES);
    private static final TypePair NONE_FITS = new TypePair(null, Assignable.NO);

    /** Pairs under which some values do not fit; every other pair of this package holds all. */
    private static final Map<String, String> LOSSY = Map.of(
            "text>character varying(3)", "char_length(%1$s) > 3",
            "bigint>integer", "%1$s NOT BETWEEN -2147483648 AND 2147483647",
            "numeric>numeric(6,2)", "%1$s <> 'NaN' AND (abs(%1$s) >= 9999.995 OR round(%1$s, 2) <> %1$s)",
            "timestamp>timestamp(0)", "date_trunc('second', %1$s) <> %1$s",
            "timestamp>date", "%1$s::date::timestamp <> %1$s");

    private static final Map<String, String> UNASSIGNABLE = Map.of(
            "jsonb", "integer",
            "boolean", "integer",
            "text", "integer",
            "integer", "boolean");

    static TypePair of(String source, String target) {
        if (target.equals(UNASSIGNABLE.get(source))) {
            return NONE_FITS;
        }
        String inexact = LOSSY.get(source + ">" + target);
        Assignable assignable =
                source.equals("timestamp") && target.equals("date") ? Assignable.RELUCTANTLY : Assignable.YES;
        return inexact == null ? ALL_FIT : new TypePair(inexact, assignable);
    }

    /** Whether PostgreSQL refuses the pair as such. */
    boolean isMismatch() {
        return assignable == Assignable.NO;
    }

    /** Whether the pair may be refused as such. */
    boolean isDoubtful() {
        return assignable == Assignable.RELUCTANTLY;
    }
}
