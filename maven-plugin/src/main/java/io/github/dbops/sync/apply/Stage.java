package io.github.dbops.sync.apply;

import io.github.dbops.postgres.CopyWriter;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.Casts;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.ShapedColumn.Part;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One table's changes of one kind in a temporary table of the applying transaction. Column {@code c0} of the stage is the
 * first of {@link #leaves} and so on, {@code g0} the first reserved column, so no name can collide.
 */
final class Stage {

    private final TableShape shape;
    private final Change.Action action;
    private final List<Field> fields;
    private final List<Leaf> leaves;
    private final String name;

    Stage(TableShape shape, Change.Action action, int number) {
        this.shape = shape;
        this.action = action;
        this.fields = action == Change.Action.INSERT ? shape.inserted() : shape.updated();
        this.leaves = TableShape.leaves(fields);
        this.name = "pg_temp.dbops_stage_" + number;
    }

    TableShape shape() {
        return shape;
    }

    Change.Action action() {
        return action;
    }

    /** The fields that are staged, key fields first. */
    List<Field> fields() {
        return fields;
    }

    /** The fields that the table must hold as staged: one that is written on insert only may be set by a trigger. */
    List<Field> checked() {
        return fields.stream()
                .filter(field -> field.part() != Part.IGNORED)
                .filter(field -> action == Change.Action.INSERT || field.part() != Part.KEY)
                .toList();
    }

    /** The stage's name, for SQL. */
    String name() {
        return name;
    }

    /**
     * Creates the stage and copies the changes into it; reserved columns draw their values while it fills.
     *
     * @param count told after each row how many are in it
     * @return how many there are
     */
    long fill(Session target, TableDifference difference, LongConsumer count) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            columns.add("c" + i + " " + stageType(leaves.get(i)));
        }
        for (int i = 0; i < reserved().size(); i++) {
            Column column = reserved().get(i);
            columns.add("g" + i + " " + column.type().plain() + " DEFAULT "
                    + column.generator().orElseThrow());
        }
        target.execute("CREATE TEMPORARY TABLE " + name + " (" + String.join(", ", columns) + ") ON COMMIT DROP");
        String names = IntStream.range(0, leaves.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        long[] filled = {0};
        try (CopyWriter copy = new CopyWriter(target, name, names)) {
            difference.changes().forEach(change -> {
                if (change.action() == action) {
                    copy.row(change.after().first(leaves.size()));
                    count.accept(++filled[0]);
                }
            });
        }
        // Without statistics the planner takes the stage for a small table and loops over the target. Those of other
        // columns nobody asks for, and they would cost more than the copy.
        target.execute("ANALYZE " + name + " (" + joined() + ")");
        return filled[0];
    }

    // What statements look other rows up by: the key, and natural keys of referred rows.
    private String joined() {
        int keys = shape.key().leaves().size();
        return IntStream.range(0, leaves.size())
                .filter(i -> i < keys || !leaves.get(i).path().isEmpty())
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(", "));
    }

    private static String stageType(Leaf leaf) {
        Type type = leaf.column().type();
        if (leaf.form() != WireForm.BINARY) {
            return "text";
        }
        // The binary form of a domain is its base type's; the domain's checks are the target column's business.
        return type.domain() ? type.base().sql() : type.declared();
    }

    /** Columns of inserted rows whose values the stage has drawn from the target's default. */
    List<Column> reserved() {
        return action == Change.Action.INSERT ? shape.reserved() : List.of();
    }

    /** A staged value in its type. */
    String value(String alias, int leaf) {
        String staged = alias + ".c" + leaf;
        Type type = leaves.get(leaf).column().type();
        return switch (leaves.get(leaf).form()) {
            case BINARY -> staged;
            case TEXT -> Casts.ofText(staged, type, type.declared());
            case CANONICAL -> CanonicalKey.value(staged, type);
        };
    }

    /** A staged value of the key in canonical form. */
    String canonical(String alias, int leaf) {
        return leaves.get(leaf).form() == WireForm.CANONICAL
                ? alias + ".c" + leaf
                : CanonicalKey.text(
                        value(alias, leaf), leaves.get(leaf).column().type());
    }

    /** Where a field's leaves begin. */
    int first(Field field) {
        int at = 0;
        for (Field each : fields) {
            if (each.columns().equals(field.columns())) {
                return at;
            }
            at += each.leaves().size();
        }
        throw new IllegalArgumentException("not staged: " + field.name());
    }

    /** A field's staged values in their types. */
    List<String> values(String alias, Field field) {
        int first = first(field);
        return IntStream.range(first, first + field.leaves().size())
                .mapToObj(i -> value(alias, i))
                .toList();
    }

    /** The key's staged values in their types. */
    List<String> key(String alias) {
        return IntStream.range(0, shape.key().leaves().size())
                .mapToObj(i -> value(alias, i))
                .toList();
    }

    /** Whether the staged rows change a column. */
    boolean changes(String column) {
        return fields.stream()
                .anyMatch(field ->
                        field.part() == Part.COMPARED && field.columns().contains(column));
    }

    /** What an inserted row's column will hold: a plain value, a reserved one, or NULL where nothing is carried. */
    String written(String alias, String column) {
        for (int i = 0; i < reserved().size(); i++) {
            if (reserved().get(i).name().equals(column)) {
                return alias + ".g" + i;
            }
        }
        return fields.stream()
                .filter(candidate -> candidate.columns().contains(column))
                .findFirst()
                .map(field -> value(alias, first(field)))
                .orElse("NULL");
    }
}
