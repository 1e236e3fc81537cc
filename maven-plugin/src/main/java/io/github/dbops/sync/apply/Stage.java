package io.github.dbops.sync.apply;

import io.github.dbops.postgres.CopyWriter;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One table's changes of one kind in a temporary table of the applying transaction, and the statements that carry them
 * from there. Column {@code c0} of the stage is the first of {@link #columns} and so on, so no name can collide.
 */
final class Stage {

    private final Session target;
    private final TableShape shape;
    private final Change.Action action;
    private final List<ShapedColumn> columns;
    private final String name;

    Stage(Session target, TableShape shape, Change.Action action, int number) {
        this.target = target;
        this.shape = shape;
        this.action = action;
        this.columns = action == Change.Action.INSERT ? shape.inserted() : shape.updated();
        this.name = "pg_temp.dbops_stage_" + number;
    }

    /** Creates the stage and copies the changes into it; returns how many there are. */
    long fill(TableDifference difference) {
        target.execute("CREATE TEMPORARY TABLE " + name + " ("
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "c" + i + " " + stageType(columns.get(i)))
                        .collect(Collectors.joining(", "))
                + ") ON COMMIT DROP");
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        long rows;
        try (CopyWriter copy = new CopyWriter(target, name, names)) {
            difference.changes().forEach(change -> {
                if (change.action() == action) {
                    copy.row(change.after());
                }
            });
            rows = copy.rows();
        }
        // Without statistics the planner takes the stage for a small table and loops over the target.
        target.execute("ANALYZE " + name);
        return rows;
    }

    private static String stageType(ShapedColumn column) {
        Type type = column.target().type();
        if (column.form() == WireForm.TEXT) {
            return "text";
        }
        // The binary form of a domain is its base type's; the domain's checks are the target column's business.
        return type.domain() ? type.base().sql() : type.declared();
    }

    /** Updates the target's rows; returns how many. */
    long update() {
        String assignments = IntStream.range(shape.key().size(), columns.size())
                .mapToObj(i -> Identifier.quote(columns.get(i).name()) + " = " + value(i))
                .collect(Collectors.joining(", "));
        return target.update(
                "UPDATE " + table() + " AS t SET " + assignments + " FROM " + name + " AS s WHERE " + keysMatch());
    }

    /** Inserts into the target; returns how many. */
    long insert() {
        String names = Identifier.list(columns.stream().map(ShapedColumn::name).toList());
        String values = IntStream.range(0, columns.size()).mapToObj(this::value).collect(Collectors.joining(", "));
        // Known to be missing: no ON CONFLICT, so that a row which appeared meanwhile is an error and not a silence.
        return target.update("INSERT INTO " + shape.name().sql() + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT "
                + values + " FROM " + name + " AS s");
    }

    /** How many staged rows the target now holds with exactly these values. */
    long present() {
        List<String> conditions = new ArrayList<>(List.of(keysMatch()));
        checked()
                .forEach(i -> conditions.add(
                        exact("t." + Identifier.quote(columns.get(i).name()), i) + " IS NOT DISTINCT FROM "
                                + exactStaged(i)));
        return target.one(
                "SELECT count(*) FROM " + name + " AS s JOIN " + table() + " AS t ON "
                        + String.join(" AND ", conditions),
                row -> row.getLong(1));
    }

    /** The columns that do not hold the staged values. */
    List<String> differing() {
        List<Integer> checked = checked();
        if (checked.isEmpty()) {
            return List.of();
        }
        String counts = checked.stream()
                .map(i -> "count(*) FILTER (WHERE "
                        + exact("t." + Identifier.quote(columns.get(i).name()), i) + " IS DISTINCT FROM "
                        + exactStaged(i) + ")")
                .collect(Collectors.joining(", "));
        return target.one(
                "SELECT " + counts + " FROM " + name + " AS s JOIN " + table() + " AS t ON " + keysMatch(), row -> {
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < checked.size(); i++) {
                        if (row.getLong(i + 1) > 0) {
                            names.add(columns.get(checked.get(i)).name());
                        }
                    }
                    return names;
                });
    }

    // A column that is written on insert only may be set by a trigger; everything else must be as planned.
    private List<Integer> checked() {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).part() != ShapedColumn.Part.IGNORED)
                .filter(i -> action == Change.Action.INSERT || columns.get(i).part() != ShapedColumn.Part.KEY)
                .boxed()
                .toList();
    }

    private String exact(String value, int column) {
        return columns.get(column).form() == WireForm.TEXT
                ? "(" + value + ")::text"
                : columns.get(column).target().type().send().orElseThrow().sql() + "(" + value + ")";
    }

    private String exactStaged(int column) {
        // Through the target's type, so that both sides are spelled by the same output function.
        return exact(value(column), column);
    }

    private String value(int column) {
        ShapedColumn shaped = columns.get(column);
        String staged = "s.c" + column;
        return shaped.form() == WireForm.TEXT
                ? "CAST(" + staged + " AS " + shaped.target().type().declared() + ")"
                : staged;
    }

    private String keysMatch() {
        return IntStream.range(0, shape.key().size())
                .mapToObj(i -> "t." + Identifier.quote(columns.get(i).name()) + " " + equality(columns.get(i)) + " "
                        + value(i))
                .collect(Collectors.joining(" AND "));
    }

    // By name and schema: with another search path citext would be compared as text.
    private static String equality(ShapedColumn column) {
        Type type = column.target().type();
        String schema = type.kind() == Type.Kind.BASE ? type.base().schema() : "pg_catalog";
        return "OPERATOR(" + Identifier.quote(schema) + ".=)";
    }

    private String table() {
        Table table = shape.target();
        return (table.kind() == Table.Kind.PARTITIONED ? "" : "ONLY ")
                + table.name().sql();
    }
}
