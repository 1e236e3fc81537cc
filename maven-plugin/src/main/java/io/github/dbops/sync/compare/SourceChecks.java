package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold of the source's rows before they are compared: the condition runs, and no cast changes a value. */
final class SourceChecks {

    private final Session source;
    private final EnumLabels labels;

    SourceChecks(Session source, Session target) {
        this.source = source;
        this.labels = new EnumLabels(source, target);
    }

    /**
     * Tries the plan's condition on no row.
     *
     * @throws io.github.dbops.problem.ProblemException (WHERE_INVALID)
     */
    void checkCondition(TableShape shape) {
        Optional<String> where = shape.planned().where();
        if (where.isEmpty()) {
            return;
        }
        try {
            CopyRows.single(
                    source,
                    "SELECT count(*) FROM (SELECT FROM " + from(shape) + " WHERE (" + where.get()
                            + "\n) LIMIT 0) AS none",
                    row -> row.int8(0));
        } catch (SqlFailure failure) {
            throw explained(shape, failure);
        }
    }

    /** A failure to read the source's rows, told as the condition's where there is one and it can be the cause. */
    static RuntimeException explained(TableShape shape, SqlFailure failure) {
        SqlState state = failure.state();
        boolean other = state.isConnectionFailure()
                || state.isConcurrencyFailure()
                || state.equals(SqlState.INSUFFICIENT_PRIVILEGE)
                || state.equals(SqlState.QUERY_CANCELED);
        if (other || shape.planned().where().isEmpty()) {
            return failure;
        }
        return Problem.of(
                        Code.WHERE_INVALID,
                        "The source does not accept the condition of " + shape.name() + ".",
                        (state.isAboutValues() ? masked(failure.said()) : failure.said()) + " (SQLSTATE " + state + ")",
                        "Mend \"where\"; it is SQL on the source's columns, mixed-case names in double quotes: "
                                + "\"where\": \"\\\"isDraft\\\" = false\"")
                .at(shape.planned().position() + ", table " + shape.name())
                .exception();
    }

    // Of a value that it cannot read the server quotes all: invalid input syntax for type integer: "…".
    private static String masked(String said) {
        return said.replaceAll("(?s)\".*\"", "\"****\"");
    }

    /** Every column with a value that the target's type would cut, round or refuse. */
    List<Problem> inexact(TableShape shape) {
        List<Problem> problems = new ArrayList<>();
        for (ShapedColumn column : shape.columns()) {
            if (Casts.isNeeded(column)) {
                inexact(shape, column).ifPresent(problems::add);
            } else if (labels.mayDiffer(column)) {
                unlabelled(shape, column).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Optional<Problem> unlabelled(TableShape shape, ShapedColumn column) {
        Optional<String> foreign = labels.foreign("t." + Identifier.quote(column.name()), column);
        if (foreign.isEmpty()) {
            return Optional.empty();
        }
        long rows = CopyRows.single(
                source,
                "SELECT count(*) FROM " + from(shape) + " WHERE " + condition(shape) + foreign.get(),
                row -> row.int8(0));
        return rows == 0
                ? Optional.empty()
                : Optional.of(problem(shape, column, rows + " value(s) are no label of the target's type"));
    }

    private Optional<Problem> inexact(TableShape shape, ShapedColumn column) {
        String value = "t." + Identifier.quote(column.name());
        // A cast that fails ends the transaction; where it can fail, a savepoint lets the reading go on.
        source.execute("SAVEPOINT dbops_cast");
        try {
            long rows = CopyRows.single(
                    source,
                    "SELECT count(*) FROM " + from(shape) + " WHERE " + condition(shape)
                            + Casts.isInexact(value, column),
                    row -> row.int8(0));
            source.execute("RELEASE SAVEPOINT dbops_cast");
            return rows == 0
                    ? Optional.empty()
                    : Optional.of(problem(shape, column, rows + " value(s) would be cut or rounded"));
        } catch (SqlFailure failure) {
            if (!failure.state().isAboutValues()) {
                throw failure;
            }
            source.execute("ROLLBACK TO SAVEPOINT dbops_cast");
            boolean range = failure.state().equals(SqlState.NUMERIC_VALUE_OUT_OF_RANGE);
            return Optional.of(problem(shape, column, range ? "a value is out of range" : "a value does not fit"));
        }
    }

    private static Problem problem(TableShape shape, ShapedColumn column, String what) {
        return Problem.of(
                        Code.VALUE_NOT_EXACT,
                        "Column \"" + column.name() + "\" of " + shape.name()
                                + " does not fit into the target exactly.",
                        "It is " + column.source().type().declared() + " in the source and "
                                + column.target().type().declared() + " in the target: " + what + ".",
                        "Widen the target's column by a migration, mend the source's values, or add \"" + column.name()
                                + "\" to \"exclude\".")
                .at(shape.planned().position() + ", table " + shape.name() + ", column \"" + column.name() + "\"");
    }

    private static String condition(TableShape shape) {
        return shape.planned().where().map(w -> "(" + w + "\n) AND ").orElse("");
    }

    private static String from(TableShape shape) {
        Table table = shape.source();
        return (table.kind() == Table.Kind.PARTITIONED ? "" : "ONLY ")
                + table.name().sql() + " AS t";
    }
}
