package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WireForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One planned table: which of its columns take part as what, and what stands against it. */
final class ShapeReader {

    private final PlannedTable planned;
    private final Table source;
    private final Table target;
    private final Execution execution;
    private final List<Problem> problems;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, ShapedColumn.Part> parts = new LinkedHashMap<>();
    private final int problemsBefore;

    ShapeReader(PlannedTable planned, Table source, Table target, Execution execution, List<Problem> problems) {
        this.planned = planned;
        this.source = source;
        this.target = target;
        this.execution = execution;
        this.problems = problems;
        this.problemsBefore = problems.size();
    }

    /** The shape; empty when problems were added. */
    Optional<TableShape> read() {
        checkKind(source, "source");
        checkKind(target, "target");
        new PrivilegeChecks(planned, source, target, execution).check(problems, notes);
        checkNames();
        if (problems.size() > problemsBefore) {
            return Optional.empty();
        }
        assignParts();
        List<ShapedColumn> columns = parts.entrySet().stream()
                .map(e -> column(e.getKey(), e.getValue()))
                .toList();
        ColumnChecks checks = new ColumnChecks(planned, target, problems);
        columns.forEach(checks::check);
        checks.checkProvided(columns);
        noteTriggers();
        return problems.size() > problemsBefore
                ? Optional.empty()
                : Optional.of(new TableShape(planned, source, target, columns, notes));
    }

    private void checkKind(Table table, String side) {
        boolean fits = table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.PARTITIONED;
        if (!fits || table.rewritten()) {
            problems.add(Problem.of(
                            Code.TABLE_UNSUPPORTED,
                            "The " + side + "'s " + table.name() + " cannot be synced.",
                            fits
                                    ? "It has rules, which turn a statement on it into another one."
                                    : "It is a " + table.kind().word() + "; only tables and partitioned tables can be.",
                            otherChoice(table))
                    .at(place()));
        }
    }

    private static String otherChoice(Table table) {
        return switch (table.kind()) {
            case TABLE, PARTITIONED -> "Take it out of the plan, or drop its rules: a trigger may do the same.";
            case PARTITION -> "List the partitioned table that it belongs to; \"where\" can choose its rows.";
            default -> "Take it out of the plan, or list the tables behind it.";
        };
    }

    private void checkNames() {
        checkExist("key", planned.key(), true);
        checkExist("columns", planned.columns().orElse(List.of()), true);
        checkExist("ignore", planned.ignore(), true);
        checkExist("exclude", planned.exclude(), false);
        checkExist("sensitive", planned.sensitive(), false);
        checkExist("rawReferences", planned.rawReferences(), false);
    }

    // What is only left out or masked may exist on one side; what is carried must exist on both.
    private void checkExist(String field, List<String> names, boolean onBothSides) {
        for (String name : names) {
            boolean here = source.column(name).isPresent();
            boolean there = target.column(name).isPresent();
            if (onBothSides ? !(here && there) : !(here || there)) {
                String lacking = !here && !there
                        ? "Neither side has a column"
                        : (here ? "The target" : "The source") + " has no column";
                List<String> valid = target.columnNames().stream()
                        .filter(source.columnNames()::contains)
                        .toList();
                problems.add(Problem.of(
                                Code.COLUMN_UNKNOWN,
                                lacking + " \"" + name + "\" in " + target.name() + ".",
                                "The plan's \"" + field + "\" names it.",
                                Nearest.to(name, valid)
                                        .map(n -> "Did you mean \"" + n + "\"?")
                                        .orElse("Both sides have: " + String.join(", ", valid) + "."))
                        .at(place()));
            }
        }
    }

    private void assignParts() {
        planned.key().forEach(name -> parts.put(name, ShapedColumn.Part.KEY));
        for (Column column : target.columns()) {
            String name = column.name();
            if (parts.containsKey(name) || planned.exclude().contains(name)) {
                continue;
            }
            Optional<Column> here = source.column(name);
            if (here.isEmpty()) {
                notes.add("Column \"" + name + "\" exists only in the target; it keeps its default in inserted rows.");
            } else if (column.generated()) {
                refuseIfListed(name, "The target computes it (GENERATED ALWAYS AS).");
            } else if (target.primaryKey().contains(name)) {
                assignSurrogate(column);
            } else if (planned.ignore().contains(name)) {
                parts.put(name, ShapedColumn.Part.IGNORED);
            } else if (column.identity() == Column.Identity.ALWAYS) {
                // PostgreSQL lets it be inserted, but never updated.
                refuseIfListed(name, "The target numbers its rows by it (GENERATED ALWAYS AS IDENTITY).");
                assignSurrogate(column);
            } else if (planned.columns().map(c -> c.contains(name)).orElse(true)) {
                parts.put(name, ShapedColumn.Part.COMPARED);
            }
        }
        source.columnNames().stream()
                .filter(name ->
                        target.column(name).isEmpty() && !planned.exclude().contains(name))
                .forEach(name -> notes.add("Column \"" + name + "\" exists only in the source; it is not carried."));
    }

    private void refuseIfListed(String name, String why) {
        if (planned.columns().filter(c -> c.contains(name)).isPresent()) {
            problems.add(Problem.of(
                            Code.COLUMN_UNSUPPORTED,
                            "Column \"" + name + "\" of " + target.name() + " cannot be written.",
                            why,
                            "Take it out of \"columns\".")
                    .at(place()));
        }
    }

    private void assignSurrogate(Column column) {
        Ids ids = planned.ids().orElse(column.isSequenceBacked() ? Ids.GENERATE : Ids.KEEP);
        if (ids == Ids.KEEP) {
            parts.put(column.name(), ShapedColumn.Part.CARRIED);
        } else {
            notes.add("Inserted rows get their \"" + column.name() + "\" from the target.");
        }
    }

    private ShapedColumn column(String name, ShapedColumn.Part part) {
        Column here = source.column(name).orElseThrow();
        Column there = target.column(name).orElseThrow();
        return new ShapedColumn(
                name,
                part,
                here,
                there,
                form(here, there),
                false,
                planned.sensitive().contains(name));
    }

    private static WireForm form(Column here, Column there) {
        // Text is the form that both sides have, whenever one of them needs it.
        return WireForm.of(there.type()) == WireForm.TEXT
                        || (!Casts.isNeeded(here.type(), there.type()) && WireForm.of(here.type()) == WireForm.TEXT)
                ? WireForm.TEXT
                : WireForm.BINARY;
    }

    private void noteTriggers() {
        for (Table.Trigger trigger : target.triggers()) {
            boolean fires = trigger.onInsert() || (trigger.onUpdate() && planned.overwrites());
            if (fires && trigger.before()) {
                notes.add("Trigger \"" + trigger.name() + "\" (" + trigger.function()
                        + ") may change rows as they are written; columns that it sets belong into \"ignore\".");
            } else if (fires) {
                notes.add("Trigger \"" + trigger.name() + "\" (" + trigger.function()
                        + ") fires; tables that it writes must be in \"allowSideEffects\".");
            }
        }
    }

    private String place() {
        return planned.position() + ", table " + target.name();
    }
}
