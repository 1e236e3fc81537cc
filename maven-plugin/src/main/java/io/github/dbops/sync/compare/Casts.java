package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.ShapedColumn;

/** Where a column's types differ between the sides: values are compared and written in the target's. */
final class Casts {

    private Casts() {}

    /** Whether the source's values must be cast. */
    static boolean isNeeded(ShapedColumn column) {
        return isNeeded(column.source().type(), column.target().type());
    }

    static boolean isNeeded(Type source, Type target) {
        boolean sameBase = source.base().name().equals(target.base().name()) && source.kind() == target.kind();
        if (!sameBase) {
            return true;
        }
        // The same user type may lie in another schema; domains are looked through.
        boolean modifierMatters = source.isBuiltIn() && !source.domain() && !target.domain();
        return modifierMatters && !source.declared().equals(target.declared());
    }

    /** The source's value in the target's type. */
    static String toTarget(String value, ShapedColumn column) {
        Type target = column.target().type();
        // A domain of the target is not known to the source; its base type is.
        return "CAST(" + value + " AS " + (target.domain() ? target.base().sql() : target.declared()) + ")";
    }

    /** The source's value there and back; where that is another value, the cast has cut or rounded it. */
    static String thereAndBack(String value, ShapedColumn column) {
        Type source = column.source().type();
        return "CAST(" + toTarget(value, column) + " AS "
                + (source.domain() ? source.base().sql() : source.declared()) + ")";
    }
}
