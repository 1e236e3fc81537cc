package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyWriter;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Values;
import io.github.dbops.postgres.catalog.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a recorded table that are to be reverted, in a temporary table of the transaction: where they lie, and of
 * restored ones the former values in their types.
 */
final class StagedRows {

    private final Session target;
    private final Recorded recorded;
    private final String name;
    private long staged;
    private long written;

    StagedRows(Session target, Recorded recorded, int number) {
        this.target = target;
        this.recorded = recorded;
        this.name = "dbops_undo_" + number;
    }

    Recorded recorded() {
        return recorded;
    }

    /** The name of what is done with them, in the one statement. */
    String name() {
        return name;
    }

    /** How many there are. */
    long staged() {
        return staged;
    }

    /** How many were written. */
    long written() {
        return written;
    }

    void wrote(long rows) {
        written = rows;
    }

    Reverter.Done done() {
        return recorded.isInsert() ? new Reverter.Done(0, written) : new Reverter.Done(written, 0);
    }

    /** Brings them into the session; returns how many there are. Creates nothing where there are none. */
    long fill(Ledger ledger) {
        int end = recorded.first() + (int) recorded.rows().count();
        staged = IntStream.range(recorded.first(), end)
                .filter(row -> ledger.state(row).isReverted())
                .count();
        if (staged > 0) {
            target.execute(
                    "CREATE TEMPORARY TABLE " + places() + " (number bigint, relation oid, tuple tid) ON COMMIT DROP");
            try (CopyWriter copy = new CopyWriter(target, places(), "number, relation, tuple")) {
                for (int row = recorded.first(); row < end; row++) {
                    if (ledger.state(row).isReverted()) {
                        copy.row(place(ledger, row));
                    }
                }
            }
            target.execute("ANALYZE " + places());
            if (!recorded.isInsert()) {
                fillFormer();
            }
        }
        return staged;
    }

    // https://www.postgresql.org/docs/current/sql-copy.html: each value follows its length; a tid is block and offset.
    private static Values place(Ledger ledger, int row) {
        long tuple = ledger.tuple(row);
        ByteBuffer bytes = ByteBuffer.allocate(3 * Integer.BYTES + Long.BYTES + 2 * Integer.BYTES + Short.BYTES);
        bytes.putInt(Long.BYTES).putLong(row);
        bytes.putInt(Integer.BYTES).putInt(ledger.relation(row));
        bytes.putInt(Integer.BYTES + Short.BYTES).putInt((int) (tuple >>> 16)).putShort((short) tuple);
        return new Values(3, bytes.array());
    }

    private void fillFormer() {
        List<String> values = new ArrayList<>(recorded.keyTexts());
        List<Column> restored = recorded.restored();
        for (int i = 0; i < restored.size(); i++) {
            values.add(Recorded.cast("r.f" + i, restored.get(i)) + " AS f" + i);
        }
        target.execute("CREATE TEMPORARY TABLE " + former() + " ON COMMIT DROP AS\nSELECT s.relation, s.tuple, "
                + String.join(", ", values) + "\nFROM " + places() + " AS s JOIN " + recorded.values()
                + " ON r.row = s.number");
        // Of former values nobody asks for statistics, and they would cost more than the table.
        String keys = IntStream.range(0, recorded.keyTexts().size())
                .mapToObj(i -> ", k" + i)
                .collect(Collectors.joining());
        target.execute("ANALYZE " + former() + " (relation, tuple" + keys + ")");
    }

    String delete() {
        return "DELETE FROM " + recorded.table().sql() + " AS t USING " + places() + " AS s WHERE " + liesThere()
                + " RETURNING 1";
    }

    /**
     * Restores them.
     *
     * @param before deletes that must have ended
     */
    String restore(List<String> before) {
        List<Column> restored = recorded.restored();
        String assignments = IntStream.range(0, restored.size())
                .filter(i -> !restored.get(i).generated())
                .mapToObj(i -> Identifier.quote(restored.get(i).name()) + " = s.f" + i)
                .collect(Collectors.joining(", "));
        String waits = before.stream()
                .map(delete -> " AND (SELECT count(*) FROM " + delete + ") >= 0")
                .collect(Collectors.joining());
        return "UPDATE " + recorded.table().sql() + " AS t SET " + assignments + " FROM " + former() + " AS s WHERE "
                + liesThere() + waits + " RETURNING 1";
    }

    private String liesThere() {
        return "t.ctid = s.tuple" + (recorded.table().isPartitioned() ? " AND t.tableoid = s.relation" : "");
    }

    /** The query that counts restored rows which hold their former values of some columns. */
    String holding(List<Column> columns) {
        List<Column> restored = recorded.restored();
        String holds = recorded.exactly("t", columns, (i, column) -> "r.f" + restored.indexOf(column));
        return "SELECT count(*) FROM " + former() + " AS r JOIN "
                + recorded.table().sql() + " AS t ON " + recorded.matches("t") + " AND " + holds;
    }

    /** Columns whose former values must be there: what an expression computes is not restored but follows. */
    List<Column> checked() {
        return recorded.restored().stream()
                .filter(column -> !column.generated())
                .toList();
    }

    private String places() {
        return "pg_temp." + name;
    }

    private String former() {
        return "pg_temp." + name + "_former";
    }
}
