package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Foreign keys are carried as they are, so their values must mean the same on both sides: a child's 5 must never
 * silently point at another parent. What cannot be shown to be the same is refused.
 */
final class References {

    private final Map<QualifiedName, TableShape> planned = new HashMap<>();
    private final Function<QualifiedName, Table> targetTables;

    /**
     * The references among tables.
     *
     * @param shapes the planned tables
     * @param targetTables reads a table of the target that is not planned
     */
    References(List<TableShape> shapes, Function<QualifiedName, Table> targetTables) {
        shapes.forEach(s -> planned.put(s.name(), s));
        this.targetTables = targetTables;
    }

    /** Whether a sync writes any of the foreign key's columns. */
    static boolean isWritten(TableShape child, Table.ForeignKey foreignKey) {
        return child.columns().stream().anyMatch(c -> foreignKey.columns().contains(c.name()));
    }

    /** Every reference that would carry a number whose meaning differs between the sides. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (TableShape child : planned.values()) {
            for (Table.ForeignKey foreignKey : child.target().foreignKeys()) {
                if (isWritten(child, foreignKey)) {
                    check(child, foreignKey, problems);
                }
            }
        }
        return problems;
    }

    private void check(TableShape child, Table.ForeignKey foreignKey, List<Problem> problems) {
        TableShape parent = planned.get(foreignKey.parent());
        if (parent == null) {
            checkUnplanned(child, foreignKey, problems);
            return;
        }
        for (String name : foreignKey.parentColumns()) {
            Column column = parent.target().column(name).orElseThrow();
            boolean inKey = parent.planned().key().contains(name);
            boolean kept = parent.planned().ids().filter(Ids.KEEP::equals).isPresent();
            boolean carried = parent.columns().stream().anyMatch(c -> c.name().equals(name));
            if (!inKey && ((column.isSequenceBacked() && !kept) || !carried)) {
                problems.add(surrogate(child, foreignKey, parent, name));
            }
        }
    }

    private void checkUnplanned(TableShape child, Table.ForeignKey foreignKey, List<Problem> problems) {
        if (child.planned().rawReferences().containsAll(foreignKey.columns())) {
            return;
        }
        Table parent = targetTables.apply(foreignKey.parent());
        boolean numbered = foreignKey.parentColumns().stream()
                .flatMap(name -> parent.column(name).stream())
                .anyMatch(Column::isSequenceBacked);
        if (numbered) {
            problems.add(Problem.of(
                            Code.SURROGATE_REFERENCED,
                            child.name() + " (" + String.join(", ", foreignKey.columns())
                                    + ") references a generated id of " + parent.name()
                                    + ", which the plan does not carry.",
                            parent.name() + "." + String.join(", ", foreignKey.parentColumns())
                                    + " comes from a sequence, so equal numbers mean different rows on the two sides.",
                            "Put " + quoted(foreignKey.columns())
                                    + " into the table's \"exclude\", or, if the ids are known to"
                                    + " agree, into its \"rawReferences\".")
                    .at(child.planned().position() + ", table " + child.name()));
        }
    }

    private static Problem surrogate(TableShape child, Table.ForeignKey foreignKey, TableShape parent, String column) {
        return Problem.of(
                        Code.SURROGATE_REFERENCED,
                        child.name() + " (" + String.join(", ", foreignKey.columns()) + ") references " + parent.name()
                                + "." + column + ", which is not part of that table's key and is not kept.",
                        "The target would give new rows of " + parent.name() + " other ids than the source has, and "
                                + child.name() + " would point at the wrong rows.",
                        "Add \"ids\": \"keep\" to the entry of "
                                + parent.planned().name()
                                + " if its ids agree on both sides, or put " + quoted(foreignKey.columns())
                                + " into the \"exclude\" of " + child.planned().name() + ".")
                .at(parent.planned().position() + ", table " + parent.name());
    }

    private static String quoted(List<String> columns) {
        return "\"" + String.join("\", \"", columns) + "\"";
    }

    /** The shapes, those columns marked whose values other planned tables hold. */
    static List<TableShape> marked(List<TableShape> shapes) {
        Map<QualifiedName, List<String>> referenced = new HashMap<>();
        for (TableShape child : shapes) {
            for (Table.ForeignKey fk : child.target().foreignKeys()) {
                if (isWritten(child, fk)) {
                    referenced
                            .computeIfAbsent(fk.parent(), p -> new ArrayList<>())
                            .addAll(fk.parentColumns());
                }
            }
        }
        return shapes.stream()
                .map(s -> marked(s, referenced.getOrDefault(s.name(), List.of())))
                .toList();
    }

    private static TableShape marked(TableShape shape, List<String> referenced) {
        List<ShapedColumn> columns = shape.columns().stream()
                .map(c -> new ShapedColumn(
                        c.name(),
                        c.part(),
                        c.source(),
                        c.target(),
                        c.form(),
                        referenced.contains(c.name()),
                        c.sensitive()))
                .toList();
        return new TableShape(shape.planned(), shape.source(), shape.target(), columns, shape.notes());
    }
}
