package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server's own functions hash several values to 64 bits: each with a seed of its place, and all of them by exclusive
 * or, as Zobrist hashes positions in chess. What is NULL adds nothing. To form a record of the values would cost as much as
 * to hash them.
 */
enum NativeHash {
    /** On every supported server. Only a record's hash takes bytes there, so that they are made one. */
    BYTES_IN_A_RECORD,
    /** Since PostgreSQL 18, which has {@code hashbyteaextended}. */
    BYTES_ALONE;

    private static final int FIRST_WITH_BYTES_ALONE = 18;

    /** So far from one seed to the next: in between lie those of a hash that begins with another one. */
    private static final int STEP = 2;

    /** The cheapest one that servers have from a major version on. */
    static NativeHash of(int majorVersion) {
        return majorVersion < FIRST_WITH_BYTES_ALONE ? BYTES_IN_A_RECORD : BYTES_ALONE;
    }

    /** A bigint that says nothing of those that it is made of: plain sums are equal where rows have swapped a value. */
    static String mixed(String hash) {
        return Function.INT8.call(hash, 0);
    }

    /**
     * The SQL of one hash over several values; never NULL.
     *
     * @param first the seed of the first value
     */
    String over(List<Value> values, int first) {
        List<String> hashes = new ArrayList<>();
        List<String> bytes = new ArrayList<>();
        int seed = first;
        for (Value value : values) {
            if (this == BYTES_IN_A_RECORD && value.function() == Function.BYTES) {
                bytes.add(value.expression());
            } else {
                hashes.add(value.hash(seed));
            }
            seed += STEP;
        }
        if (!bytes.isEmpty()) {
            hashes.add("hash_record_extended(ROW(" + String.join(", ", bytes) + "), " + seed + ")");
        }
        return exclusiveOr(hashes);
    }

    // Halved, because a server goes down into an expression by recursion, and a table may have 1,600 columns.
    private static String exclusiveOr(List<String> hashes) {
        int half = hashes.size() / 2;
        return half == 0
                ? hashes.get(0)
                : "(" + exclusiveOr(hashes.subList(0, half)) + " # " + exclusiveOr(hashes.subList(half, hashes.size()))
                        + ")";
    }

    /** What hashes a value by all of its bits and by nothing else. */
    enum Function {
        TEXT("hashtextextended"),
        UUID("uuid_hash_extended"),
        INT2("hashint2extended"),
        INT4("hashint4extended"),
        /** hashint8extended folds 64 bits into 32, for joins with int4: -1 and 4294967295 are one. A seed is taken whole. */
        INT8("hashint4extended"),
        BYTES("hashbyteaextended");

        private static final Map<String, Function> BY_TYPE = Map.of(
                "text", TEXT, "varchar", TEXT, "uuid", UUID, "int2", INT2, "int4", INT4, "int8", INT8, "bytea", BYTES);

        private final String name;

        Function(String name) {
            this.name = name;
        }

        private String call(String value, int seed) {
            return switch (this) {
                case INT8 -> name + "(" + seed + ", " + value + ")";
                // By its bytes: a nondeterministic collation gives equal texts one hash, and the other side's may
                // differ.
                case TEXT -> name + "(" + value + " COLLATE \"C\", " + seed + ")";
                default -> name + "(" + value + ", " + seed + ")";
            };
        }
    }

    /**
     * Something to hash.
     *
     * @param function what hashes it
     * @param expression of a type that the function takes
     * @param filled it is never NULL
     */
    record Value(Function function, String expression, boolean filled) {

        /** One that may be NULL. */
        Value(Function function, String expression) {
            this(function, expression, false);
        }

        private String hash(int seed) {
            String hash = function.call(expression, seed);
            return filled ? hash : "coalesce(" + hash + ", 0)";
        }

        /** A condition. */
        static Value truth(String condition) {
            // hashboolextended is PostgreSQL 18's.
            return new Value(Function.INT4, "(" + condition + ")::int4");
        }

        /** A value as it is; empty where no function takes its type exactly. */
        static Optional<Value> asItIs(String expression, Type type) {
            if (type.kind() != Type.Kind.BASE) {
                return Optional.empty();
            }
            if (type.isCitext()) {
                // As a text, because the other side may have one.
                return Optional.of(new Value(Function.TEXT, "(" + expression + ")::text"));
            }
            return type.is("bool")
                    ? Optional.of(truth(expression))
                    : Optional.ofNullable(Function.BY_TYPE.get(type.base().name()))
                            .filter(function -> type.isBuiltIn())
                            .map(function -> new Value(function, expression));
        }
    }
}
