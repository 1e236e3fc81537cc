package io.github.dbops.sync;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.NativeHash.Function;
import io.github.dbops.sync.NativeHash.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How both servers hash a row to the same 64 bits. Hash functions are not promised to agree between major versions or
 * processors, so they are asked: a canary must give the same number on both.
 *
 * @param rows the SQL of one hash over several items, with a seed
 * @param sums what becomes of a row's hash that is added up, so that the sum says which rows there are
 * @param keys what becomes of a hash that is over a key
 */
public record Hashing(
        BiFunction<List<Item>, Integer, String> rows, UnaryOperator<String> sums, UnaryOperator<String> keys) {

    // With one seed, two keys of equal hash would give their rows equal hashes too, as far as the key goes.
    private static final int KEY_SEED = 0;
    private static final int ROW_SEED = 1;

    /** SHA-256 over binary forms: the same everywhere. */
    public static final Hashing PORTABLE = new Hashing(
            (items, seed) -> "('x' || encode(substr(sha256(record_send(ROW("
                    + items.stream().map(Item::portable).collect(Collectors.joining(", "))
                    + "))), 1, 8), 'hex'))::bit(64)::bigint",
            UnaryOperator.identity(),
            UnaryOperator.identity());

    // Types whose equality is identity, so that a key's value may be hashed as it is.
    private static final Set<String> IDENTITY_TYPES = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "text",
            "varchar",
            "uuid",
            "bytea",
            "date",
            "time",
            "timestamp",
            "timestamptz");

    // One value for each function, and what byte order or a type's binary form could make different.
    private static final List<Value> CANARY = List.of(
            new Value(Function.INT2, "7::int2"),
            new Value(Function.INT4, "-7::int4"),
            new Value(Function.INT8, "9007199254740993::int8"),
            new Value(Function.TEXT, "'dbops'::text"),
            new Value(Function.TEXT, "NULL::text"),
            new Value(Function.UUID, "'0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11'::uuid"),
            new Value(Function.BYTES, "'\\x00ff'::bytea"),
            new Value(Function.BYTES, "date_send(DATE '2024-02-29')"),
            new Value(Function.BYTES, "time_send(TIME '23:59:59.999999')"),
            new Value(Function.BYTES, "timestamp_send(TIMESTAMP '0044-03-15 12:00:00 BC')"),
            new Value(Function.BYTES, "timestamptz_send(TIMESTAMPTZ '2024-02-29 12:00:00.123456+00')"));

    /** The cheapest hash on which both servers agree. */
    public static Hashing agreed(Sides sides) {
        // Native text hashes are over the server's own encoding.
        boolean sameEncoding = sides.source()
                .traits()
                .encoding()
                .equals(sides.target().traits().encoding());
        NativeHash hash = NativeHash.of(Math.min(
                sides.source().traits().majorVersion(), sides.target().traits().majorVersion()));
        Sides.Both<Long> canary = sides.both((side, session) -> canary(session, hash));
        return sameEncoding && canary.source().equals(canary.target()) ? natively(hash) : PORTABLE;
    }

    /** The cheapest hash of a server, for what it will compare alone. */
    public static Hashing of(Session session) {
        return natively(NativeHash.of(session.traits().majorVersion()));
    }

    /** What a server's hash makes of known values: two hashes of it may be compared while this is the same. */
    public static long canary(Session session) {
        return canary(session, NativeHash.of(session.traits().majorVersion()));
    }

    /** The server's hash that made a canary once; empty if it hashes otherwise now. */
    public static Optional<Hashing> recorded(Session session, long canary) {
        return Arrays.stream(NativeHash.values())
                .filter(hash -> hash.compareTo(NativeHash.of(session.traits().majorVersion())) <= 0)
                .filter(hash -> canary(session, hash) == canary)
                .findFirst()
                .map(Hashing::natively);
    }

    private static long canary(Session session, NativeHash hash) {
        return session.one("SELECT " + hash.over(CANARY, ROW_SEED), row -> row.getLong(1));
    }

    private static Hashing natively(NativeHash hash) {
        return new Hashing(
                (items, seed) -> hash.over(items.stream().map(Item::value).toList(), seed),
                NativeHash::mixed,
                UnaryOperator.identity());
    }

    /** A whole row's hash: its key and all that is compared. */
    public String over(List<Item> items) {
        return rows.apply(items, ROW_SEED);
    }

    /** A key's hash, by which rows are brought together. */
    public String overKey(List<Item> items) {
        return keys.apply(rows.apply(items, KEY_SEED));
    }

    /** A row's hash in a form whose sum over rows says which rows there are. */
    public String summable(String rowHash) {
        return sums.apply(rowHash);
    }

    /**
     * Something to hash, in both ways.
     *
     * @param value what a server's own functions hash
     * @param portable a bytea
     */
    public record Item(Value value, String portable) {

        /** The same value; where a column says that no row has NULL there, for less. */
        public Item of(Column column) {
            // A type of somebody else's may have a function for its binary form that makes NULL of a value.
            boolean filled = column.filled() && column.type().isBuiltIn();
            return filled ? new Item(new Value(value.function(), value.expression(), true), portable) : this;
        }

        /** A value that must be the same to the bit. */
        public static Item exact(String value, Type type, WireForm form) {
            String exact = form.exact(value, type);
            return form == WireForm.BINARY
                    ? new Item(Value.asItIs(value, type).orElse(new Value(Function.BYTES, exact)), exact)
                    : text(exact);
        }

        /** A key's value: the same wherever the type calls two values equal. */
        public static Item equal(String value, Type type) {
            Item text = text(CanonicalKey.text(value, type));
            boolean identity = type.isBuiltIn()
                    && type.kind() == Type.Kind.BASE
                    && type.deterministic()
                    && IDENTITY_TYPES.contains(type.base().name());
            return identity ? new Item(exact(value, type, WireForm.BINARY).value(), text.portable()) : text;
        }

        /** A condition. */
        public static Item truth(String condition) {
            return new Item(Value.truth(condition), "boolsend(" + condition + ")");
        }

        /** A text. */
        public static Item text(String expression) {
            return new Item(new Value(Function.TEXT, expression), "textsend(" + expression + ")");
        }
    }
}
