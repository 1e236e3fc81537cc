package io.github.dbops.sync;

/**
 * Where a row lies on its side, good within one snapshot.
 *
 * @param relation the object id of the partition that holds it; 0 where the table is not partitioned
 * @param tuple its ctid: block in the upper bits, offset in the lower 16
 */
public record Locator(long relation, long tuple) {

    /** No row: an insert has none in the target. */
    public static final Locator NONE = new Locator(0, 0);

    /** As PostgreSQL writes a tid: {@code (12,3)}. */
    public String tid() {
        return "(" + (tuple >>> 16) + "," + (tuple & 0xFFFF) + ")";
    }
}
