package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.Type;
import java.util.Set;

/** Values in another type than theirs: where a column's types differ between the sides, and where they travelled as text. */
public final class Casts {

    // Of bit strings only the spelling shows what a cast has padded: it is cut again on the way back.
    private static final Set<String> COMPARED_BY_SPELLING =
            Set.of("text", "varchar", "bpchar", "name", "citext", "bit", "varbit");

    private Casts() {}

    /** Whether values of the one type must be cast to be compared as the other. */
    public static boolean isNeeded(Type source, Type target) {
        boolean sameBase = source.base().name().equals(target.base().name()) && source.kind() == target.kind();
        if (!sameBase) {
            return !isCitextOfText(source, target);
        }
        // The same user type may lie in another schema, and has no modifier.
        return source.isBuiltIn() && !source.plain().equals(target.plain());
    }

    // The source may lack the extension; its texts are byte for byte what the target's citext would be.
    private static boolean isCitextOfText(Type source, Type target) {
        return target.isCitext() && (source.is("text") || source.is("varchar"));
    }

    /**
     * A value of a type from its text.
     *
     * @param type the type whose output function has made the text
     * @param sql how the wanted type is written: with or without its modifier
     */
    public static String ofText(String text, Type type, String sql) {
        String cast = "CAST(" + text + " AS " + sql + ")";
        // Alone of all texts regclass's is not read by the type's input function but by a cast of its own, which
        // takes the sign for "none" for a name.
        return type.is("regclass")
                ? "CASE WHEN " + text + " = '-' THEN CAST(0 AS regclass) ELSE " + cast + " END"
                : cast;
    }

    /** The source's value in the target's type; a domain of the target is not known to the source, what is below it is. */
    public static String toTarget(String value, ShapedColumn column) {
        return "CAST(" + value + " AS " + column.target().type().plain() + ")";
    }

    /** A condition that holds where the cast has cut or rounded the source's value. */
    public static String isInexact(String value, ShapedColumn column) {
        Type source = column.source().type();
        Type target = column.target().type();
        String cast = toTarget(value, column);
        if (COMPARED_BY_SPELLING.contains(target.base().name())) {
            // Not every type has an equality, but each has one spelling.
            return "CAST(" + cast + " AS text) IS DISTINCT FROM CAST(" + value + " AS text)";
        }
        if (source.is("json") || source.is("jsonb")) {
            // What jsonb normalises is no loss; the cast may fail all the same.
            return "(" + cast + ") IS NULL AND " + value + " IS NOT NULL";
        }
        return "CAST(" + cast + " AS " + source.plain() + ") IS DISTINCT FROM " + value;
    }
}
