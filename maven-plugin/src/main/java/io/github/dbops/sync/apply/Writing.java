package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.KeyJoins;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.Reference.Binding;
import io.github.dbops.sync.ReferenceField;
import io.github.dbops.sync.ShapedColumn.Part;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that carry a stage into its table. References are looked up by natural key on the way: among the target's
 * rows ({@code k}), and, where a row may be inserted together with its parent, among those that are staged
 * ({@code q}). The stage is {@code s}, the table {@code t}. One instance serves one statement.
 */
final class Writing {

    private final Stage stage;
    private final TableShape shape;
    private final Stages stages;
    private final KeyJoins parents = new KeyJoins("k");
    private final Map<List<Object>, String> staged = new LinkedHashMap<>();
    private final List<String> stageJoins = new ArrayList<>();

    /**
     * Statements for a stage.
     *
     * @param stages of all tables that are written
     */
    Writing(Stage stage, Stages stages) {
        this.stage = stage;
        this.shape = stage.shape();
        this.stages = stages;
    }

    /** Inserts all staged rows. */
    String insert() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Field field : stage.fields()) {
            columns.addAll(field.columns());
            values.addAll(values(field));
        }
        stage.reserved().forEach(column -> {
            columns.add(column.name());
            values.add(stage.written("s", column.name()));
        });
        // Known to be missing: no ON CONFLICT, so that a row which appeared meanwhile is an error and not a silence.
        return "INSERT INTO " + shape.name().sql() + " (" + Identifier.list(columns)
                + ") OVERRIDING SYSTEM VALUE\nSELECT " + String.join(", ", values) + "\nFROM " + from();
    }

    /** Updates the staged rows that do not refer to rows yet to be inserted. */
    String updateNow() {
        return update(field -> field.part() == Part.COMPARED, isLate().map(late -> " AND NOT (" + late + ")"));
    }

    /** Updates the others; empty where there can be none. */
    Optional<String> updateLater() {
        return isLate().map(late -> update(field -> field.part() == Part.COMPARED, Optional.of(" AND (" + late + ")")));
    }

    /** Fills references of inserted rows that had to wait for their parent; empty where there are none. */
    Optional<String> fill() {
        List<Field> waiting = stage.fields().stream()
                .filter(field -> binding(field) == Binding.SECOND_STEP)
                .toList();
        Optional<String> late = isLate(waiting);
        return late.map(condition -> update(waiting::contains, Optional.of(" AND (" + condition + ")")));
    }

    private String update(Predicate<Field> set, Optional<String> condition) {
        List<String> assignments = new ArrayList<>();
        for (Field field : stage.fields()) {
            if (set.test(field)) {
                List<String> values = values(field);
                for (int i = 0; i < values.size(); i++) {
                    assignments.add(Identifier.quote(field.columns().get(i)) + " = " + values.get(i));
                }
            }
        }
        String matches = parents.matches(shape.key(), "t", stage.key("s"));
        return "UPDATE " + shape.target().sql() + " AS t SET " + String.join(", ", assignments) + "\nFROM " + from()
                + "\nWHERE " + matches + condition.orElse("");
    }

    /** The condition that a table row has a staged row's key. */
    String keysMatch() {
        return parents.matches(shape.key(), "t", stage.key("s"));
    }

    /** The condition that a table row holds all that is staged for it and nobody else may have set. */
    String holdsAll() {
        return stage.checked().stream()
                .map(field -> "(" + holds(field) + ")")
                .reduce((one, other) -> one + "\nAND " + other)
                .orElse("true");
    }

    /** The condition that a table row holds what is staged for a field. */
    String holds(Field field) {
        if (field instanceof ReferenceField through) {
            String absent = "s.c" + stage.first(field) + " IS NULL";
            String row = parents.row(through.reference().parent(), stage.values("s", field));
            return through.columns().stream()
                    .map(column -> "CASE WHEN " + absent + " THEN " + column("t", column) + " IS NULL ELSE coalesce("
                            + isParents(through.reference(), column, row) + ", false) END")
                    .collect(Collectors.joining(" AND "));
        }
        Leaf leaf = field.leaves().get(0);
        // Through the target's type, so that both sides are spelled by the same output function.
        return leaf.form()
                        .exact(
                                column("t", ((ColumnField) field).name()),
                                leaf.column().type())
                + " IS NOT DISTINCT FROM "
                + leaf.form()
                        .exact(
                                stage.value("s", stage.first(field)),
                                leaf.column().type());
    }

    private static String isParents(Reference reference, String column, String row) {
        String there = reference.foreignKey().parentColumn(column);
        return reference
                .parent()
                .target()
                .column(there)
                .orElseThrow()
                .type()
                .equality()
                .between(column(row, there), column("t", column));
    }

    private List<String> values(Field field) {
        return field instanceof ReferenceField through
                ? through.columns().stream()
                        .map(column -> referred(stage, "s", through, column))
                        .toList()
                : List.of(stage.value("s", stage.first(field)));
    }

    // What the row to which a staged row refers has, or will have: it may be staged as well.
    private String referred(Stage child, String alias, ReferenceField field, String column) {
        Reference reference = field.reference();
        String there = reference.foreignKey().parentColumn(column);
        String row = parents.row(reference.parent(), child.values(alias, field));
        String today = column(row, there);
        if (reference.binding() == Binding.PARENT_FIRST && child == stage) {
            return today;
        }
        if (reference.binding() == Binding.SECOND_STEP) {
            return today;
        }
        String value = stages.inserts(reference)
                .map(parent ->
                        "coalesce(" + today + ", " + written(parent, staged(child, alias, field, parent), there) + ")")
                .orElse(today);
        return stages.updates(reference)
                .filter(parent -> parent.changes(there))
                .map(parent -> {
                    String changed = staged(child, alias, field, parent);
                    return "CASE WHEN " + changed + ".c0 IS NOT NULL THEN " + written(parent, changed, there) + " ELSE "
                            + value + " END";
                })
                .orElse(value);
    }

    // What the staged row's column will hold: a plain or reserved value, or what the row has from its own parent.
    private String written(Stage parent, String alias, String column) {
        return parent.fields().stream()
                .filter(field ->
                        field instanceof ReferenceField && field.columns().contains(column))
                .findFirst()
                .map(field -> referred(parent, alias, (ReferenceField) field, column))
                .orElseGet(() -> parent.written(alias, column));
    }

    private Optional<String> isLate() {
        return isLate(stage.fields().stream()
                .filter(field -> field.part() == Part.COMPARED)
                .filter(field -> binding(field) == Binding.SAME_STATEMENT || binding(field) == Binding.SECOND_STEP)
                .toList());
    }

    // A row waits where the row that it refers to is one of those yet to be inserted.
    private Optional<String> isLate(List<Field> waiting) {
        List<String> conditions = new ArrayList<>();
        for (Field field : waiting) {
            ReferenceField through = (ReferenceField) field;
            stages.inserts(through.reference())
                    .ifPresent(parent -> conditions.add(staged(stage, "s", through, parent) + ".c0 IS NOT NULL"));
        }
        return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" OR ", conditions));
    }

    private static Binding binding(Field field) {
        return field instanceof ReferenceField through ? through.reference().binding() : Binding.PARENT_FIRST;
    }

    // The staged row to which a field of another one refers.
    private String staged(Stage child, String alias, ReferenceField field, Stage parent) {
        List<Object> join = List.of(alias, field.reference(), parent.name());
        String known = staged.get(join);
        if (known != null) {
            return known;
        }
        String own = "q" + staged.size();
        int first = child.first(field);
        String same = IntStream.range(0, field.leaves().size())
                .mapToObj(i -> parent.canonical(own, i) + " = " + child.canonical(alias, first + i))
                .collect(Collectors.joining(" AND "));
        staged.put(join, own);
        stageJoins.add("\nLEFT JOIN " + parent.name() + " AS " + own + " ON " + same);
        return own;
    }

    /** The stage with all rows joined that the conditions and values so far have asked for. */
    String from() {
        return stage.name() + " AS s" + String.join("", stageJoins) + parents.sql();
    }

    private static String column(String alias, String name) {
        return alias + "." + Identifier.quote(name);
    }
}
