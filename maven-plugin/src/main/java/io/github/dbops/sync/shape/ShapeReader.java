package io.github.dbops.sync.shape;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Trigger;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Casts;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.SchemaDifference;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.WireForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One planned table: which of its columns take part as what, and what stands against it. Of a skipped one, the key. */
final class ShapeReader {

    private final PlannedTable planned;
    private final Table source;
    private final Table target;
    private final Execution execution;
    private final List<Problem> problems;
    private final List<String> notes = new ArrayList<>();
    private final List<SchemaDifference> differences = new ArrayList<>();
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

    /** The columns; empty when problems were added. */
    Optional<PlannedColumns> read() {
        boolean lookup = planned.mode() == Mode.SKIP;
        checkKind(source, Side.SOURCE);
        checkKind(target, Side.TARGET);
        PrivilegeChecks privileges = new PrivilegeChecks(planned, source, target, execution);
        if (lookup) {
            checkExist("key", planned.key(), true);
            privileges.checkColumns(planned.key(), problems);
        } else {
            privileges.check(problems, notes);
            checkNames();
        }
        if (problems.size() > problemsBefore) {
            return Optional.empty();
        }
        planned.key().forEach(name -> parts.put(name, ShapedColumn.Part.KEY));
        if (!lookup) {
            assignParts();
        }
        List<ShapedColumn> columns = parts.entrySet().stream()
                .map(e -> column(e.getKey(), e.getValue()))
                .toList();
        ColumnChecks checks = new ColumnChecks(planned, target, problems);
        columns.forEach(checks::check);
        if (!lookup) {
            checks.checkProvided(columns);
            columns.forEach(column -> SchemaDifferences.of(column).ifPresent(differences::add));
            noteTable();
        }
        return problems.size() > problemsBefore
                ? Optional.empty()
                : Optional.of(new PlannedColumns(planned, source, target, columns, differences, notes));
    }

    private void checkKind(Table table, Side side) {
        boolean fits = table.kind() == Table.Kind.TABLE
                || table.kind() == Table.Kind.PARTITIONED
                || (table.kind() == Table.Kind.FOREIGN && side == Side.SOURCE);
        // What only reads is not rewritten by rules, which views have for SELECT and tables for writing.
        boolean rewritten = table.rewritten() && side == Side.TARGET && planned.mode() != Mode.SKIP;
        if (!fits || rewritten) {
            problems.add(Problem.of(
                            Code.TABLE_UNSUPPORTED,
                            "The " + side.word() + "'s " + table.name() + " cannot be synced.",
                            fits
                                    ? "It has rules, which turn a statement on it into another one."
                                    : "It is a " + table.kind().word() + "; only tables and partitioned tables can be"
                                            + (table.kind() == Table.Kind.FOREIGN ? " written." : "."),
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
        for (Column column : target.columns()) {
            String name = column.name();
            if (parts.containsKey(name) || planned.exclude().contains(name)) {
                continue;
            }
            Optional<Column> here = source.column(name);
            if (here.isEmpty()) {
                differences.add(SchemaDifferences.onlyInTarget(column));
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
        source.columns().stream()
                .filter(column -> target.column(column.name()).isEmpty()
                        && !planned.exclude().contains(column.name()))
                .forEach(column -> differences.add(SchemaDifferences.onlyInSource(column)));
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
                name, part, here, there, form(here, there), planned.sensitive().contains(name));
    }

    private static WireForm form(Column here, Column there) {
        // Text is the form that both sides have, whenever one of them needs it.
        return WireForm.of(there.type()) == WireForm.TEXT
                        || (!Casts.isNeeded(here.type(), there.type()) && WireForm.of(here.type()) == WireForm.TEXT)
                ? WireForm.TEXT
                : WireForm.BINARY;
    }

    private void noteTable() {
        if (source.inherited() || target.inherited()) {
            notes.add("Rows of tables that inherit from it are not read: they are tables of their own.");
        }
        if (source.kind() == Table.Kind.FOREIGN) {
            notes.add(
                    "The source's is a foreign table: its rows are found by hashing them all again, which is slower.");
        }
        if (!planned.undo()) {
            notes.add("Its rows are not recorded, so that an undo leaves them"
                    + (planned.sensitive().isEmpty()
                            ? "."
                            : ": it has sensitive columns. \"undo\": true in its plan entry records them."));
        }
        noteTriggers();
    }

    private void noteTriggers() {
        for (Trigger trigger : target.triggers()) {
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
