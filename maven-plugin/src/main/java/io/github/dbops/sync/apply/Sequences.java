package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableDifference;
import java.util.List;

/**
 * Brings sequences past the ids that were carried over. By {@code nextval}, never {@code setval}: that would race with the
 * application and could set a sequence back. Not undone by a rollback; a sequence that is ahead harms nobody.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-sequence.html">Sequence Manipulation Functions</a>
 */
final class Sequences {

    private static final long LARGEST_GAP = 10_000_000;

    private final Session target;

    Sequences(Session target) {
        this.target = target;
    }

    void advance(List<TableDifference> differences) {
        for (TableDifference difference : differences) {
            if (difference.counts().toInsert() > 0) {
                for (Field field : difference.shape().inserted()) {
                    if (!(field instanceof ColumnField own)) {
                        // Filled from the parent's column, whose own sequence this is not.
                        continue;
                    }
                    ShapedColumn column = own.column();
                    if (!isNumber(column.target().type())) {
                        // A text that merely holds the sequence's number: 'INV-' || nextval(…).
                        continue;
                    }
                    column.target()
                            .sequence()
                            .ifPresent(s -> advance(difference.shape().name(), column.name(), s));
                }
            }
        }
    }

    private static boolean isNumber(Type type) {
        return type.is("int4") || type.is("int8") || type.is("int2") || type.is("numeric");
    }

    private void advance(QualifiedName table, String column, QualifiedName sequence) {
        long highest = target.one(
                "SELECT coalesce(max(" + Identifier.quote(column) + "), 0)::bigint FROM " + table.sql(),
                row -> row.getLong(1));
        long next = target.one(
                "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM " + sequence.sql(),
                row -> row.getLong(1));
        long step = target.one(
                "SELECT seqincrement FROM pg_sequence WHERE seqrelid = ?::regclass",
                row -> row.getLong(1),
                sequence.sql());
        if (step <= 0 || highest <= next) {
            return;
        }
        long calls = (highest - next + step - 1) / step;
        if (calls > LARGEST_GAP) {
            throw Problem.of(
                            Code.VERIFICATION_FAILED,
                            "The sequence " + sequence + " is too far behind the carried ids of " + table + ".",
                            "It stands at " + next + ", the highest " + column + " is now " + highest + ".",
                            "Advance it yourself, then run again: SELECT setval('"
                                    + sequence.sql().replace("'", "''") + "', " + highest + ");")
                    .at("table " + table)
                    .exception();
        }
        target.one(
                "SELECT count(nextval(?::regclass)) FROM generate_series(1, ?)",
                row -> row.getLong(1),
                sequence.sql(),
                calls);
    }
}
