package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.WireForm;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How both servers hash a row to the same 64 bits. Hash functions are not promised to agree between major versions or
 * processors, so they are asked: a canary of every native type must give the same number on both.
 *
 * @param rows the SQL of one hash over several items
 * @param keys what becomes of a hash that is over a key
 */
record Hashing(Function<List<Item>, String> rows, UnaryOperator<String> keys) {

    /** PostgreSQL's own record hash: a third of the cost of any hash over text. */
    static final Hashing NATIVE = new Hashing(
            items -> "hash_record_extended(ROW("
                    + String.join(
                            ", ", items.stream().map(Item::nativeExpression).toList()) + "), 0)",
            UnaryOperator.identity());

    /** SHA-256 over binary forms: the same everywhere. */
    static final Hashing PORTABLE = new Hashing(
            items -> "('x' || encode(substr(sha256(record_send(ROW("
                    + String.join(
                            ", ", items.stream().map(Item::portableExpression).toList())
                    + "))), 1, 8), 'hex'))::bit(64)::bigint",
            UnaryOperator.identity());

    // Types whose equality is identity and whose hash depends on nothing but the value.
    private static final Set<String> NATIVE_TYPES = Set.of(
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

    private static final String CANARY = """
            SELECT hash_record_extended(ROW(
                       true, 7::int2, -7::int4, 9007199254740993::int8, 'dbops'::text, 'żółw'::varchar, '\\x00ff'::bytea,
                       '0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11'::uuid, DATE '2024-02-29', TIME '23:59:59.999999',
                       TIMESTAMP '0044-03-15 12:00:00 BC', TIMESTAMPTZ '2024-02-29 12:00:00.123456+00', NULL::text), 0)
            """;

    /** The cheapest hash on which both servers agree. */
    static Hashing agreed(Sides sides) {
        // Native text hashes are over the server's own encoding.
        boolean sameEncoding = sides.source()
                .traits()
                .encoding()
                .equals(sides.target().traits().encoding());
        Sides.Both<Long> canary = sides.both((side, session) -> canary(session));
        return sameEncoding && canary.source().equals(canary.target()) ? NATIVE : PORTABLE;
    }

    private static long canary(Session session) {
        return session.one(CANARY, row -> row.getLong(1));
    }

    /** Whether a value of the type may be hashed as it is. */
    static boolean isNative(Type type) {
        return type.isBuiltIn()
                && type.kind() == Type.Kind.BASE
                && type.deterministic()
                && NATIVE_TYPES.contains(type.base().name());
    }

    /** The expression of one hash over several items. */
    String over(List<Item> items) {
        return rows.apply(items);
    }

    /** The same for a key, by which rows are sorted and merged. */
    String overKey(List<Item> items) {
        return keys.apply(over(items));
    }

    /**
     * A row's hash in a form whose sum over rows says which rows there are. The record hash is linear in its columns'
     * hashes ({@code 31 * result + next}), so that sums of it are equal where rows have only swapped a value.
     */
    String summable(String rowHash) {
        return this == NATIVE ? "hash_record_extended(ROW(int8send(" + rowHash + ")), 0)" : rowHash;
    }

    /**
     * Something to hash, in both ways.
     *
     * @param nativeExpression of a type that the record hash takes exactly
     * @param portableExpression a bytea
     */
    record Item(String nativeExpression, String portableExpression) {

        /** A value that must be the same to the bit. */
        static Item exact(String value, Type type, WireForm form) {
            if (form == WireForm.TEXT) {
                return text("(" + value + ")::text");
            }
            QualifiedName send = type.send().orElseThrow();
            String bytes = send.sql() + "(" + value + ")";
            return new Item(isNative(type) ? value : bytes, bytes);
        }

        /** A text. */
        static Item text(String expression) {
            return new Item(expression, "textsend(" + expression + ")");
        }
    }
}
