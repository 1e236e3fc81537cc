package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.Type;
import java.util.Set;

/**
 * How a value is read, hashed and written exactly.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
 */
public enum WireForm {
    /** The type's own binary form: exact, and the same under all settings. */
    BINARY,
    /** Text under pinned settings, for types whose binary form holds object ids, is not read back, or that have none. */
    TEXT,
    /** The text that equal keys share, whatever their spelling: of a referenced row's natural key. */
    CANONICAL;

    /** Built-in types that are object ids inside, or hold them. */
    private static final Set<String> HOLDS_OBJECT_IDS = Set.of(
            "oid",
            "oidvector",
            "regclass",
            "regcollation",
            "regconfig",
            "regdictionary",
            "regnamespace",
            "regoper",
            "regoperator",
            "regproc",
            "regprocedure",
            "regrole",
            "regtype",
            "aclitem");

    // Of an empty one the server does not accept the binary form that it gave: "malformed tsquery: operand not found",
    // "invalid int2vector data".
    private static final Set<String> NOT_READ_BACK = Set.of("tsquery", "int2vector");

    /**
     * An expression that is equal, byte for byte, where two values are exactly the same.
     *
     * @param value an expression of the type
     */
    public String exact(String value, Type type) {
        return switch (this) {
            case BINARY -> type.send().orElseThrow().sql() + "(" + value + ")";
            case TEXT -> "(" + value + ")::text";
            case CANONICAL -> CanonicalKey.text(value, type);
        };
    }

    /** The expression under which a value travels in a COPY. */
    public String travelling(String value, Type type) {
        return this == BINARY ? value : exact(value, type);
    }

    /** The form in which values of a type travel. */
    public static WireForm of(Type type) {
        if (type.send().isEmpty() || !travelsAsItIs(type.base().name())) {
            return TEXT;
        }
        return switch (type.kind()) {
            case BASE -> BINARY;
            case ARRAY, RANGE -> ofContainer(type);
            case ENUM, COMPOSITE, OTHER -> TEXT;
        };
    }

    // array_send and record_send write the OIDs of what is inside: equal on every server for built-in types only.
    private static WireForm ofContainer(Type type) {
        boolean plain = type.isBuiltIn()
                && type.hasBuiltInElement()
                && type.element().filter(e -> travelsAsItIs(e.name())).isPresent();
        return plain ? BINARY : TEXT;
    }

    private static boolean travelsAsItIs(String name) {
        return !HOLDS_OBJECT_IDS.contains(name) && !NOT_READ_BACK.contains(name);
    }
}
