package io.github.dbops.sync;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Table;
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
     * @param alias the row's
     */
    public static String hash(Table table, String alias) {
        return Hashing.NATIVE.over(table.columns().stream()
                .map(column -> Hashing.Item.exact(
                        alias + "." + Identifier.quote(column.name()), column.type(), WireForm.of(column.type())))
                .toList());
    }

    /** What the hash is over: two hashes may be compared where this is equal. */
    public static List<String> layout(Table table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type().base())
                .toList();
    }
}
