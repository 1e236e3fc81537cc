package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.Type;
import java.util.Set;

/**
 * A key value in a form that is equal exactly where the type calls two values equal: {@code 1.0} and {@code 1.00} are
 * one numeric key, {@code A} and {@code a} one citext key.
 */
public final class CanonicalKey {

    /** For messages. */
    public static final String SUPPORTED =
            "integers, numeric, text types with a deterministic collation, citext, uuid, "
                    + "boolean, date and time types, bytea, enums, and domains of them";

    private static final Set<String> EXACT = Set.of(
            "int2",
            "int4",
            "int8",
            "text",
            "varchar",
            "name",
            "uuid",
            "bool",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz");
    private static final Set<String> LOOSE = Set.of("numeric", "bpchar", "interval", "citext");

    // Whose binary form is the text itself.
    private static final Set<String> TRAVELS_AS_TEXT = Set.of("text", "varchar");

    private CanonicalKey() {}

    /** Whether a key may have a column of this type. */
    public static boolean supports(Type type) {
        return switch (type.kind()) {
            case ENUM -> true;
            case BASE ->
                type.isCitext()
                        || (type.isBuiltIn()
                                && type.deterministic()
                                && (EXACT.contains(type.base().name())
                                        || LOOSE.contains(type.base().name())
                                        || type.is("bytea")));
            default -> false;
        };
    }

    /** Whether values that are equal may be spelled differently. */
    public static boolean isLoose(Type type) {
        return type.kind() == Type.Kind.BASE && LOOSE.contains(type.base().name());
    }

    /** Whether a value that travels in a form is, byte for byte, its canonical form. */
    public static boolean isWhatTravels(WireForm form, Type type) {
        return switch (form) {
            case CANONICAL -> true;
            case TEXT -> type.kind() == Type.Kind.ENUM;
            case BINARY ->
                type.isBuiltIn() && TRAVELS_AS_TEXT.contains(type.base().name());
        };
    }

    /** The canonical form as a text expression. */
    public static String text(String value, Type type) {
        return switch (type.base().name()) {
            case "numeric" -> "trim_scale(" + value + ")::text";
            case "interval" -> "justify_interval(" + value + ")::text";
            case "citext" -> "lower((" + value + ")::text)";
            case "bytea" -> "encode(" + value + ", 'hex')";
            // The cast from char(n) to text drops the padding, as its equality does.
            default -> "(" + value + ")::text";
        };
    }

    /** A canonical form back as a value of the type, of a domain what is below it. */
    public static String value(String text, Type type) {
        return type.is("bytea") ? "decode(" + text + ", 'hex')" : "CAST(" + text + " AS " + type.plain() + ")";
    }
}
