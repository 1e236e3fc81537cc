package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Casts;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold of the source's rows before they are compared: the condition runs, and every value fits the target. */
final class SourceChecks {

    private final Session source;
    /** The version from which intervals may be infinite; before it the same bytes are a very long one. */
    private static final int INFINITE_INTERVALS = 17;

    private final EnumLabels labels;
    private final CompositeFields fields;
    private final boolean knowsInfiniteIntervals;

    SourceChecks(Session source, Session target) {
        this.source = source;
        this.labels = new EnumLabels(source, target);
        this.fields = new CompositeFields(source, target);
        this.knowsInfiniteIntervals = source.traits().majorVersion() < INFINITE_INTERVALS
                || target.traits().majorVersion() >= INFINITE_INTERVALS;
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

    /** Every column with a value that the target's type would cut, round or refuse, and references in part. */
    List<Problem> problems(TableShape shape) {
        List<Problem> problems = new ArrayList<>();
        shape.inserted().stream()
                .flatMap(field -> field.leaves().stream())
                .filter(leaf -> leaf.path().isEmpty())
                .forEach(leaf -> check(shape, leaf.column()).ifPresent(problems::add));
        shape.references().forEach(reference -> checkWhole(shape, reference).ifPresent(problems::add));
        TableShape.leaves(shape.inserted()).stream()
                .filter(SourceChecks::isReadUnchecked)
                .forEach(leaf -> inexact(shape, leaf).ifPresent(problems::add));
        return problems;
    }

    // Two rows whose keys a cast makes one would be one parent. Rows that the plan carries are looked at anyway.
    private static boolean isReadUnchecked(Leaf leaf) {
        if (leaf.path().isEmpty() || !leaf.column().isCast()) {
            return false;
        }
        NaturalKey key = leaf.path().get(leaf.path().size() - 1).parent();
        return !key.isCarried() || key.planned().where().isPresent();
    }

    private Optional<Problem> check(TableShape shape, ShapedColumn column) {
        if (column.isCast()) {
            Optional<Problem> inexact = inexact(shape, column);
            return inexact.isPresent() ? inexact : absent(shape, column);
        }
        return misfit(shape, column)
                .or(() -> labels.mayDiffer(column) ? unlabelled(shape, column) : Optional.empty())
                .or(() -> infinite(shape, column))
                .or(() -> absent(shape, column));
    }

    private Optional<Problem> infinite(TableShape shape, ShapedColumn column) {
        if (knowsInfiniteIntervals || !column.target().type().is("interval")) {
            return Optional.empty();
        }
        long rows = count(shape, "NOT isfinite(" + value(column) + ")");
        return rows == 0
                ? Optional.empty()
                : Optional.of(problem(
                        shape,
                        column,
                        rows + " value(s) are infinite, which intervals can only be from PostgreSQL "
                                + INFINITE_INTERVALS + " on"));
    }

    private Optional<Problem> misfit(TableShape shape, ShapedColumn column) {
        if (!fields.mayDiffer(column)) {
            return Optional.empty();
        }
        String here = fields.inSource(column);
        String there = fields.inTarget(column);
        return here.equals(there)
                ? Optional.empty()
                : Optional.of(Problem.of(
                                Code.TYPE_MISMATCH,
                                "Column \"" + column.name() + "\" of " + shape.name() + " has types that do not fit.",
                                "The fields of " + column.source().type().declared() + " are (" + here
                                        + ") in the source and (" + there
                                        + ") in the target, and values are carried field by field.",
                                "Bring both schemas to the same migrations, or add \"" + column.name()
                                        + "\" to \"exclude\".")
                        .at(shape.planned().position() + ", table " + shape.name() + ", column \"" + column.name()
                                + "\""));
    }

    private Optional<Problem> absent(TableShape shape, ShapedColumn column) {
        if (!column.target().notNull() || column.source().filled()) {
            return Optional.empty();
        }
        // Not IS NULL, which is true of a row of NULLs too.
        long rows = count(shape, "num_nulls(" + value(column) + ") = 1");
        return rows == 0
                ? Optional.empty()
                : Optional.of(problem(shape, column, rows + " row(s) have NULL there, which the target refuses"));
    }

    private Optional<Problem> unlabelled(TableShape shape, ShapedColumn column) {
        Optional<String> foreign = labels.foreign(value(column), column);
        if (foreign.isEmpty()) {
            return Optional.empty();
        }
        long rows = count(shape, foreign.get());
        return rows == 0
                ? Optional.empty()
                : Optional.of(problem(
                        shape,
                        column,
                        rows + " row(s) have a label that the target's type lacks; the source's type has "
                                + labels.lacking(column).stream()
                                        .map(label -> "'" + label + "'")
                                        .collect(Collectors.joining(", "))
                                + " beyond the target's"));
    }

    private Optional<Problem> inexact(TableShape shape, ShapedColumn column) {
        return inexact(counting(shape, Casts.isInexact(value(column), column)))
                .map(what -> problem(shape, column, what));
    }

    private Optional<Problem> inexact(TableShape shape, Leaf leaf) {
        ShapedColumn column = leaf.column();
        Joins joins = new Joins(Side.SOURCE);
        String condition = Casts.isInexact(joins.raw(leaf), column);
        // A scope of its own, because the plan's condition names the table's columns bare.
        String query = "SELECT count(*) FROM (SELECT t.* FROM " + from(shape) + " WHERE " + condition(shape)
                + "true) AS t" + joins.sql() + "\nWHERE " + condition;
        return inexact(query)
                .map(what -> Problem.of(
                                Code.VALUE_NOT_EXACT,
                                "Column \"" + leaf.label() + "\" of " + shape.name()
                                        + " does not fit into the target exactly.",
                                types(column) + what + ", so that a reference might lead to another row.",
                                "Widen the target's column by a migration, mend the source's values, or leave the rows"
                                        + " that refer to them out by \"where\".")
                        .at(shape.planned().position() + ", table " + shape.name() + ", column \"" + leaf.label()
                                + "\""));
    }

    /** Tells what is wrong with values of which a query counts those that a cast would change. */
    private Optional<String> inexact(String query) {
        // A cast that fails ends the transaction; where it can fail, a savepoint lets the reading go on.
        source.execute("SAVEPOINT dbops_cast");
        try {
            long rows = count(query);
            source.execute("RELEASE SAVEPOINT dbops_cast");
            return rows == 0 ? Optional.empty() : Optional.of(rows + " value(s) would be cut or rounded");
        } catch (SqlFailure failure) {
            if (!failure.state().isAboutValues()) {
                throw failure;
            }
            source.execute("ROLLBACK TO SAVEPOINT dbops_cast");
            boolean range = failure.state().equals(SqlState.NUMERIC_VALUE_OUT_OF_RANGE);
            return Optional.of(range ? "a value is out of range" : "a value does not fit");
        }
    }

    // With one of its columns NULL it is no reference, and what the others hold could not be carried through a parent.
    private Optional<Problem> checkWhole(TableShape shape, Reference reference) {
        List<String> columns = reference.foreignKey().columns();
        boolean mayBeInPart = columns.stream()
                .anyMatch(name -> shape.source()
                        .column(name)
                        .filter(column -> !column.filled())
                        .isPresent());
        if (reference.provided().isEmpty() || columns.size() == 1 || !mayBeInPart) {
            return Optional.empty();
        }
        long rows = count(
                shape,
                "num_nulls(" + named(columns) + ") > 0 AND num_nonnulls(" + named(reference.provided()) + ") > 0");
        return rows == 0
                ? Optional.empty()
                : Optional.of(Problem.of(
                                Code.REFERENCE_UNTRANSLATABLE,
                                rows + " row(s) of " + shape.name() + " hold a part of a reference.",
                                "Of " + String.join(", ", columns)
                                        + " some are NULL and some are not, so that the row which the others belong to"
                                        + " cannot be told.",
                                "Fill the source's rows in, leave them out by \"where\", or list the columns in"
                                        + " \"rawReferences\".")
                        .at(shape.planned().position() + ", table " + shape.name()));
    }

    private static String named(List<String> columns) {
        return columns.stream().map(name -> "t." + Identifier.quote(name)).collect(Collectors.joining(", "));
    }

    private static Problem problem(TableShape shape, ShapedColumn column, String what) {
        return Problem.of(
                        Code.VALUE_NOT_EXACT,
                        "Column \"" + column.name() + "\" of " + shape.name()
                                + " does not fit into the target exactly.",
                        types(column) + what + ".",
                        "Widen the target's column by a migration, mend the source's values, or add \"" + column.name()
                                + "\" to \"exclude\".")
                .at(shape.planned().position() + ", table " + shape.name() + ", column \"" + column.name() + "\"");
    }

    private static String types(ShapedColumn column) {
        return "It is " + column.source().type().declared() + " in the source and "
                + column.target().type().declared() + " in the target: ";
    }

    private long count(TableShape shape, String condition) {
        return count(counting(shape, condition));
    }

    private long count(String query) {
        return CopyRows.single(source, query, row -> row.int8(0));
    }

    private static String counting(TableShape shape, String condition) {
        return "SELECT count(*) FROM " + from(shape) + " WHERE " + condition(shape) + "(" + condition + ")";
    }

    private static String value(ShapedColumn column) {
        return "t." + Identifier.quote(column.name());
    }

    private static String condition(TableShape shape) {
        return shape.planned().where().map(w -> "(" + w + "\n) AND ").orElse("");
    }

    private static String from(TableShape shape) {
        return shape.source().sql() + " AS t";
    }
}
