package io.github.dbops.sync.undo;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of one table that a run inserted, or those that it updated, as {@code dbops.sync_undo} holds them.
 *
 * @param table the table's name at that time
 * @param action what the run did with them
 * @param firstPart where they begin in the record
 * @param lastPart where they end
 * @param count how many there are
 * @param keyColumns what they are told by
 * @param columns what former values there are of
 * @param sensitive columns whose values no report may show
 * @param layout what the rows' hashes are over
 * @param canary what the server's hash made of a known row
 * @param kept whether more than their number was recorded
 */
record RecordedRows(
        QualifiedName table,
        Action action,
        int firstPart,
        int lastPart,
        long count,
        List<String> keyColumns,
        List<String> columns,
        List<String> sensitive,
        List<String> layout,
        long canary,
        boolean kept) {

    RecordedRows {
        keyColumns = List.copyOf(keyColumns);
        columns = List.copyOf(columns);
        sensitive = List.copyOf(sensitive);
        layout = List.copyOf(layout);
    }

    /** What a run did with a row. */
    enum Action {
        INSERT,
        UPDATE
    }

    /** All that a run left, in name order, a table's updates before its inserts. */
    static List<RecordedRows> of(Session target, String runId) {
        return target.query("""
                SELECT table_schema, table_name, action, min(part), max(part), sum(row_count)::bigint,
                       key_columns, columns, sensitive, layout, canary, bool_and(keys IS NOT NULL)
                FROM dbops.sync_undo
                WHERE run_id = ?::uuid
                GROUP BY table_schema, table_name, action, key_columns, columns, sensitive, layout, canary
                ORDER BY table_schema COLLATE "C", table_name COLLATE "C", action DESC
                """, RecordedRows::read, runId);
    }

    private static RecordedRows read(ResultSet row) throws SQLException {
        return new RecordedRows(
                new QualifiedName(row.getString(1), row.getString(2)),
                row.getString(3).equals("insert") ? Action.INSERT : Action.UPDATE,
                row.getInt(4),
                row.getInt(5),
                row.getLong(6),
                texts(row, 7),
                texts(row, 8),
                texts(row, 9),
                texts(row, 10),
                row.getLong(11),
                row.getBoolean(12));
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
