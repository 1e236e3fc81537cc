package io.github.dbops.sync.draft.evidence;

import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.draft.Family;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a type is good for. */
final class Families {

    private static final Map<String, Family> BUILT_IN = Map.ofEntries(
            Map.entry("text", Family.TEXT),
            Map.entry("varchar", Family.TEXT),
            Map.entry("bpchar", Family.TEXT),
            Map.entry("name", Family.TEXT),
            Map.entry("int2", Family.NUMBER),
            Map.entry("int4", Family.NUMBER),
            Map.entry("int8", Family.NUMBER),
            Map.entry("float4", Family.DECIMAL),
            Map.entry("float8", Family.DECIMAL),
            Map.entry("money", Family.DECIMAL),
            Map.entry("uuid", Family.UUID),
            Map.entry("bool", Family.BOOLEAN),
            Map.entry("date", Family.MOMENT),
            Map.entry("time", Family.MOMENT),
            Map.entry("timetz", Family.MOMENT),
            Map.entry("timestamp", Family.MOMENT),
            Map.entry("timestamptz", Family.MOMENT),
            Map.entry("interval", Family.MOMENT),
            Map.entry("bytea", Family.BINARY),
            Map.entry("json", Family.DOCUMENT),
            Map.entry("jsonb", Family.DOCUMENT),
            Map.entry("xml", Family.DOCUMENT),
            Map.entry("inet", Family.NETWORK),
            Map.entry("cidr", Family.NETWORK),
            Map.entry("tsvector", Family.SEARCH),
            Map.entry("oid", Family.OBJECT_ID));

    /** Of those above and numeric, what docs/how-sync-decides.md says keys may be. */
    private static final Set<Family> KEYABLE =
            Set.of(Family.TEXT, Family.NUMBER, Family.UUID, Family.BOOLEAN, Family.MOMENT, Family.BINARY, Family.ENUM);

    private static final Pattern LENGTH = Pattern.compile("character(?: varying)?\\((\\d+)\\)");
    private static final int SHORT = 10;

    private Families() {}

    /** A type's family, domains looked through. */
    static Family of(Type type) {
        if (type.kind() == Type.Kind.ENUM) {
            return Family.ENUM;
        }
        if (type.kind() != Type.Kind.BASE) {
            return Family.OTHER;
        }
        if (type.isCitext()) {
            return Family.TEXT;
        }
        if (type.base().name().equals("hstore")) {
            return Family.DOCUMENT;
        }
        if (type.is("numeric")) {
            return type.plain().matches("numeric\\(\\d+,0\\)") ? Family.NUMBER : Family.DECIMAL;
        }
        return type.isBuiltIn() ? BUILT_IN.getOrDefault(type.base().name(), Family.OTHER) : Family.OTHER;
    }

    /** Whether a sync accepts a key column of the type. */
    static boolean isKeyable(Type type) {
        return type.is("numeric") || (KEYABLE.contains(of(type)) && type.deterministic());
    }

    /** Whether it is text of a few characters, as codes are. */
    static boolean isShort(Type type) {
        Matcher length = LENGTH.matcher(type.plain());
        return length.matches() && Integer.parseInt(length.group(1)) <= SHORT;
    }
}
