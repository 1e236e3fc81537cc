package io.github.dbops.sync;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How both servers hash a row to the same 64 bits. Hash functions are not promised to agree between major versions or
 * processors, so they are asked: a canary of every native type must give the same number on both.
 *
 * @param rows the SQL of one hash over several items, with a seed
 * @param keys what becomes of a hash that is over a key
 */
public record Hashing(BiFunction<List<Item>, Integer, String> rows, UnaryOperator<String> keys) {

    // A record's hash is made of its columns' hashes. With one seed, two keys of equal hash would give their rows equal
    // hashes too, as far as the key goes.
    private static final int KEY_SEED = 0;
    private static final int ROW_SEED = 1;

    /** PostgreSQL's own record hash: a third of the cost of any hash over text. */
    public static final Hashing NATIVE = new Hashing(Hashing::recordHash, UnaryOperator.identity());

    /** SHA-256 over binary forms: the same everywhere. */
    public static final Hashing PORTABLE = new Hashing(
            (items, seed) -> "('x' || encode(substr(sha256(record_send(ROW("
                    + String.join(
                            ", ", items.stream().map(Item::portableExpression).toList())
                    + "))), 1, 8), 'hex'))::bit(64)::bigint",
            UnaryOperator.identity());

    // Types whose equality is identity and whose hash depends on all of the value and on nothing else.
    private static final Set<String> NATIVE_TYPES =
            Set.of("bool", "int2", "int4", "text", "varchar", "uuid", "bytea", "date");

    // Types whose equality is identity too, but of which hashint8 folds 64 bits into 32, for joins with int4: -1 and
    // 4294967295 have one hash. It is over their binary form instead.
    private static final Set<String> FOLDED_TYPES = Set.of("int8", "time", "timestamp", "timestamptz");

    private static final String TEXT_HASH = "hashtextextended(%s, 0)";

    // What takes a value into 64 bits without making a record of it. A seed is taken whole, a bigint of its own is
    // folded.
    private static final Map<String, String> HASHES = Map.of(
            "text", TEXT_HASH,
            "varchar", TEXT_HASH,
            "uuid", "uuid_hash_extended(%s, 0)",
            "int2", "hashint2extended(%s, 0)",
            "int4", "hashint4extended(%s, 0)",
            "int8", "hashint4extended(0, %s)");

    private static final String CANARY = """
            SELECT hash_record_extended(ROW(
                       true, 7::int2, -7::int4, 'dbops'::text, 'canary'::varchar, '\\x00ff'::bytea,
                       '0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11'::uuid, DATE '2024-02-29', NULL::text,
                       int8send(9007199254740993), time_send(TIME '23:59:59.999999'),
                       timestamp_send(TIMESTAMP '0044-03-15 12:00:00 BC'),
                       timestamptz_send(TIMESTAMPTZ '2024-02-29 12:00:00.123456+00')), 1)
            """;

    /** The cheapest hash on which both servers agree. */
    public static Hashing agreed(Sides sides) {
        // Native text hashes are over the server's own encoding.
        boolean sameEncoding = sides.source()
                .traits()
                .encoding()
                .equals(sides.target().traits().encoding());
        Sides.Both<Long> canary = sides.both((side, session) -> canary(session));
        return sameEncoding && canary.source().equals(canary.target()) ? NATIVE : PORTABLE;
    }

    /** What this server makes of one row of every native type: two that agree on it hash alike. */
    public static long canary(Session session) {
        return session.one(CANARY, row -> row.getLong(1));
    }

    private static boolean isOneOf(Set<String> names, Type type) {
        return type.isBuiltIn()
                && type.kind() == Type.Kind.BASE
                && type.deterministic()
                && names.contains(type.base().name());
    }

    /** A whole row's hash: its key and all that is compared. */
    public String over(List<Item> items) {
        return rows.apply(items, ROW_SEED);
    }

    /** A key's hash, by which rows are brought together. */
    public String overKey(List<Item> items) {
        return this == NATIVE ? keyHash(items) : keys.apply(rows.apply(items, KEY_SEED));
    }

    /**
     * A row's hash in a form whose sum over rows says which rows there are. The record hash is linear in its columns'
     * hashes ({@code 31 * result + next}), so that sums of it are equal where rows have only swapped a value.
     */
    public String summable(String rowHash) {
        return this == NATIVE ? Objects.requireNonNull(HASHES.get("int8")).formatted(rowHash) : rowHash;
    }

    /**
     * The same of a row with a key, for less: seeded by its key, each of its values has a hash of its own in every row. A
     * NULL has none in any, so that a value that is always there stands for the key.
     *
     * @param key what no other row of the table has
     * @param rest the row's other values
     */
    public String summable(List<Item> key, List<Item> rest) {
        if (this != NATIVE) {
            return over(Stream.concat(key.stream(), rest.stream()).toList());
        }
        List<String> values = Stream.concat(Stream.of("true"), rest.stream().map(Item::nativeExpression))
                .toList();
        return "hash_record_extended(ROW(" + String.join(", ", values) + "), " + keyHash(key) + ")";
    }

    private static String keyHash(List<Item> key) {
        // As in a record, NULL has a hash too: a row without one would not be counted.
        return key.size() == 1 ? "coalesce(" + key.get(0).nativeHash() + ", 0)" : recordHash(key, KEY_SEED);
    }

    private static String recordHash(List<Item> items, int seed) {
        return "hash_record_extended(ROW("
                + items.stream().map(Item::nativeExpression).collect(Collectors.joining(", ")) + "), " + seed + ")";
    }

    /**
     * Something to hash, in both ways.
     *
     * @param nativeExpression of a type that the record hash takes exactly
     * @param portableExpression a bytea
     * @param nativeHash 64 bits of it alone, natively; may be NULL where it is
     */
    public record Item(String nativeExpression, String portableExpression, String nativeHash) {

        private static Item of(String nativeExpression, String portableExpression) {
            return new Item(
                    nativeExpression,
                    portableExpression,
                    "hash_record_extended(ROW(" + nativeExpression + "), " + KEY_SEED + ")");
        }

        /** A value that must be the same to the bit. */
        public static Item exact(String value, Type type, WireForm form) {
            String exact = form.exact(value, type);
            return form == WireForm.BINARY ? of(isOneOf(NATIVE_TYPES, type) ? value : exact, exact) : text(exact);
        }

        /** A key's value: the same wherever the type calls two values equal. */
        public static Item equal(String value, Type type) {
            String text = CanonicalKey.text(value, type);
            boolean identity = isOneOf(NATIVE_TYPES, type) || isOneOf(FOLDED_TYPES, type);
            if (!identity) {
                return text(text);
            }
            Item exact = exact(value, type, WireForm.BINARY);
            String hash = HASHES.get(type.base().name());
            return new Item(
                    exact.nativeExpression(),
                    "textsend(" + text + ")",
                    hash == null ? exact.nativeHash() : hash.formatted(value));
        }

        /** A condition. */
        public static Item truth(String condition) {
            return of("(" + condition + ")", "boolsend(" + condition + ")");
        }

        /** A text. */
        public static Item text(String expression) {
            return new Item(expression, "textsend(" + expression + ")", TEXT_HASH.formatted(expression));
        }
    }
}
