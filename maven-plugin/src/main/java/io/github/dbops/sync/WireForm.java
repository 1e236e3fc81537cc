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
    /** Text under pinned settings, for types whose binary form holds object ids or that have none. */
    TEXT;

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

    /** The form in which values of a type travel. */
    public static WireForm of(Type type) {
        if (type.send().isEmpty() || HOLDS_OBJECT_IDS.contains(type.base().name())) {
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
                && type.element()
                        .filter(e -> HOLDS_OBJECT_IDS.contains(e.name()))
                        .isEmpty();
        return plain ? BINARY : TEXT;
    }
}
