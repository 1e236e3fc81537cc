package io.github.dbops.sync.undo;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.Casts;
import io.github.dbops.sync.WireForm;
import io.github.dbops.sync.undo.RecordedRows.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Recorded rows beside their table as it is now; the SQL that brings the two together. The record is {@code r}, with its
 * row's number in {@code r.row}, a key column's value in {@code r.k0}, a former value in {@code r.f0}, both as text.
 *
 * @param runId the run, a UUID
 * @param rows what is recorded
 * @param table the table, which is laid out as it was
 * @param first the number of its first row among all rows of the run
 */
record Recorded(String runId, RecordedRows rows, Table table, int first) {

    QualifiedName name() {
        return rows.table();
    }

    boolean isInsert() {
        return rows.action() == Action.INSERT;
    }

    /** Whether its rows have former values of one of the columns, so that restoring them may change it. */
    boolean changes(Collection<String> columns) {
        return restored().stream().anyMatch(column -> columns.contains(column.name()));
    }

    /** What restoring a row writes, or changes on the way because it is computed. */
    List<Column> restored() {
        return rows.columns().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
    }

    /** The rows' keys and hashes. */
    String keys() {
        return records(0);
    }

    /** The same with former values. */
    String values() {
        return records(rows.columns().size());
    }

    private String records(int formerColumns) {
        List<String> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rows.keyColumns().size(); i++) {
            arrays.add("u.keys[" + (i + 1) + ":" + (i + 1) + "]");
            names.add("k" + i);
        }
        arrays.add("u.hashes");
        names.add("h");
        for (int i = 0; i < formerColumns; i++) {
            arrays.add("u.former[" + (i + 1) + ":" + (i + 1) + "]");
            names.add("f" + i);
        }
        return """
                (SELECT u.first_row + x.n - 2 + %d AS row, x.*
                      FROM dbops.sync_undo AS u
                      CROSS JOIN LATERAL unnest(%s) WITH ORDINALITY AS x(%s, n)
                      WHERE u.run_id = '%s' AND u.part BETWEEN %d AND %d) AS r""".formatted(
                first, String.join(", ", arrays), String.join(", ", names), runId, rows.firstPart(), rows.lastPart());
    }

    /** The condition that a row of the table has the recorded key. */
    String matches(String alias) {
        return IntStream.range(0, rows.keyColumns().size())
                .mapToObj(i -> {
                    Column column = table.column(rows.keyColumns().get(i)).orElseThrow();
                    return column.type().equality().between(of(alias, column.name()), cast("r.k" + i, column));
                })
                .collect(Collectors.joining(" AND "));
    }

    /** The key's texts. */
    List<String> keyTexts() {
        return IntStream.range(0, rows.keyColumns().size())
                .mapToObj(i -> "r.k" + i)
                .toList();
    }

    /** What a column holds once the row is restored: its former value, or what it holds now. */
    String after(String alias, String column) {
        int at = rows.columns().indexOf(column);
        return at < 0
                ? of(alias, column)
                : cast("r.f" + at, table.column(column).orElseThrow());
    }

    /** A condition over former and present values of some columns, spelled to the bit. */
    String exactly(String alias, List<Column> columns, BiFunction<Integer, Column, String> former) {
        return columns.isEmpty()
                ? "true"
                : IntStream.range(0, columns.size())
                        .mapToObj(i -> {
                            Column column = columns.get(i);
                            WireForm form = WireForm.of(column.type());
                            return form.exact(of(alias, column.name()), column.type()) + " IS NOT DISTINCT FROM "
                                    + form.exact(former.apply(i, column), column.type());
                        })
                        .collect(Collectors.joining(" AND "));
    }

    /** A recorded text in its column's type. Without the type's modifier, which would cut it where it has become shorter. */
    static String cast(String text, Column column) {
        return Casts.ofText(text, column.type(), column.type().base().sql());
    }

    static String of(String alias, String column) {
        return alias + "." + Identifier.quote(column);
    }
}
