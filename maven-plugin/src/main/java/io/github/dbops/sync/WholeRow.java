package io.github.dbops.sync;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Type;
import java.util.List;

/**
 * A row of one table to the bit: all columns, whoever filled them. Tells whether somebody has changed a row since, on the
 * same server; where {@link Hashing#canary} has become another, its numbers say nothing.
 */
public final class WholeRow {

    private WholeRow() {}

    /**
     * The SQL of a row's 64-bit hash.
     *
     * @param hashing the server's own
     * @param alias the row's
     */
    public static String hash(Hashing hashing, Table table, String alias) {
        return hashing.over(table.columns().stream()
                .map(column -> Hashing.Item.exact(
                                alias + "." + Identifier.quote(column.name()),
                                column.type(),
                                WireForm.of(column.type()))
                        .of(column))
                .toList());
    }

    /** The SQL of a value's text, from which a cast to the type below all domains makes the same value again. */
    public static String text(String value, Type type) {
        // The cast would drop a char(n)'s padding, which its output function does not.
        return type.is("bpchar")
                ? "CASE WHEN " + value + " IS NOT NULL THEN pg_catalog.concat(" + value + ") END"
                : "(" + value + ")::text";
    }

    /** What the hash is over: two hashes may be compared where this is equal. */
    public static List<String> layout(Table table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type().base())
                .toList();
    }
}
