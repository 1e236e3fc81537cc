package io.github.dbops.sync.undo;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.sync.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether recorded texts still are values of their columns' types: a label of an enum may have been renamed, which changes
 * no column.
 */
final class RecordedValues {

    private RecordedValues() {}

    /** Why the recorded rows cannot be read any more, one sentence without a value; empty where they can. */
    static Optional<String> flaw(Session target, Recorded recorded) {
        List<String> casts = new ArrayList<>();
        List<Column> keys = recorded.rows().keyColumns().stream()
                .map(name -> recorded.table().column(name).orElseThrow())
                .toList();
        cast(keys, "r.k", casts);
        cast(recorded.restored(), "r.f", casts);
        if (casts.isEmpty()) {
            return Optional.empty();
        }
        target.execute("SAVEPOINT dbops_values");
        try {
            target.query("SELECT " + String.join(", ", casts) + " FROM " + recorded.values(), row -> Optional.empty());
        } catch (SqlFailure failure) {
            if (!failure.state().isAboutValues()) {
                throw failure;
            }
            target.execute("ROLLBACK TO SAVEPOINT dbops_values");
            return Optional.of(
                    "A type of its columns has changed since, so that recorded values are none any more (SQLSTATE "
                            + failure.state() + "): " + changeable(keys, recorded.restored()) + ".");
        }
        target.execute("RELEASE SAVEPOINT dbops_values");
        return Optional.empty();
    }

    private static void cast(List<Column> columns, String text, List<String> casts) {
        IntStream.range(0, columns.size())
                .filter(i -> isChangeable(columns.get(i)))
                .mapToObj(i -> "count(" + Recorded.cast(text + i, columns.get(i)) + ")")
                .forEach(casts::add);
    }

    private static String changeable(List<Column> keys, List<Column> restored) {
        List<Column> columns = new ArrayList<>(keys);
        columns.addAll(restored);
        return columns.stream()
                .filter(RecordedValues::isChangeable)
                .map(Column::name)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static boolean isChangeable(Column column) {
        return WireForm.of(column.type()) == WireForm.TEXT;
    }
}
