package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.KeyJoins;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ReferenceField;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The query that looks for rows of the target in the way of changes: the rows as they would be are sent as values
 * ({@code n}), the target evaluates the index's expressions on them ({@code e}) and finds other rows with the same
 * ({@code t}). Each change comes back with the key of each row in its way, and, where asked for, with the index's values.
 */
final class UniqueQuery {

    private final TableShape shape;
    private final UniqueIndex index;
    private final Change.Action action;
    private final List<ShapedColumn> own = new ArrayList<>();
    private final List<Leaf> referred = new ArrayList<>();
    private final KeyJoins parents = new KeyJoins("k");
    private final Map<String, String> image = new LinkedHashMap<>();
    private final Map<String, String> parentKeys = new LinkedHashMap<>();
    private final Map<String, String> newParents = new LinkedHashMap<>();
    private final Set<String> toldByParent = new HashSet<>();

    UniqueQuery(TableShape shape, UniqueIndex index, Change.Action action) {
        this.shape = shape;
        this.index = index;
        this.action = action;
        index.columns().stream()
                .sorted()
                .filter(name -> !image.containsKey(name))
                .forEach(this::show);
    }

    /** The fields that a change of the kind writes. */
    static List<Field> written(TableShape shape, Change.Action action) {
        return action == Change.Action.INSERT ? shape.inserted() : shape.compared();
    }

    /** Own columns that the query takes as text, one array each; they come first. */
    List<ShapedColumn> own() {
        return own;
    }

    /** Values of referred rows that the query takes in canonical form, one array each; they come next. */
    List<Leaf> referred() {
        return referred;
    }

    // A column as it would be: from the change, through its parent, as the target has it, or NULL.
    private void show(String name) {
        Optional<Field> field = written(shape, action).stream()
                .filter(candidate -> candidate.columns().contains(name))
                .findFirst();
        Column column = shape.target().column(name).orElseThrow();
        if (field.isEmpty()) {
            image.put(
                    name,
                    action == Change.Action.UPDATE
                            ? Joins.column("cur", name)
                            : "CAST(NULL AS " + column.type().declared() + ")");
        } else if (field.get() instanceof ReferenceField through) {
            refer(through);
        } else {
            own.add(((ColumnField) field.get()).column());
            image.put(
                    name, "CAST(n.x" + (own.size() - 1) + " AS " + column.type().plain() + ")");
        }
    }

    // A row that this run inserts has no id yet: nothing of the target can have what refers to it, and two changes
    // share it where they share its natural key.
    private void refer(ReferenceField through) {
        Reference reference = through.reference();
        int first = referred.size();
        referred.addAll(through.leaves());
        through.columns().forEach(column -> {
            ReferredColumn there = new ReferredColumn(
                    reference.parent(), first, reference.foreignKey().parentColumn(column), isPlain(), parents);
            image.put(column, there.value());
            newParents.put(column, "(n.y" + first + " IS NOT NULL AND " + there.value() + " IS NULL)");
            parentKeys.put(column, "CASE WHEN n.y" + first + " IS NOT NULL THEN " + there.identity() + " END");
        });
        if (index.columns().containsAll(through.columns())) {
            toldByParent.addAll(through.columns());
        }
    }

    // Equal values, however they are spelled, are one to it.
    private boolean isPlain() {
        return !index.plainColumns().isEmpty() && index.predicate().isEmpty() && !index.exclusion();
    }

    /**
     * Change number, then whether there is a row in its way, that row's key, which may be NULL, and, if asked for, the index's
     * values.
     *
     * @param told whether changes without a row in their way come back too, with the index's values
     */
    String sql(Told told) {
        Joins ways = new Joins(Side.TARGET);
        List<String> key = shape.key().leaves().stream()
                .map(leaf -> CanonicalKey.text(ways.value(leaf), leaf.column().type()))
                .toList();
        return "SELECT n.i::int, t.ctid IS NOT NULL, " + String.join(", ", key)
                + (told == Told.ALL ? ", " + elements(this::spelled) : "")
                + "\nFROM " + changes()
                + "\nCROSS JOIN LATERAL (SELECT " + elements(this::named) + " FROM (SELECT " + image()
                + ") AS image WHERE " + predicate() + ") AS e"
                + (told == Told.ALL ? "\nLEFT JOIN " : "\nJOIN ")
                + "(SELECT t.*, t.ctid, t.tableoid, " + elements(this::named) + " FROM "
                + shape.target().sql() + " AS t WHERE " + predicate() + ") AS t\nON " + collision()
                + ways.sql();
    }

    private String changes() {
        List<String> inputs = Stream.concat(
                        IntStream.range(0, own.size()).mapToObj(i -> "x" + i),
                        IntStream.range(0, referred.size()).mapToObj(i -> "y" + i))
                .collect(Collectors.toCollection(ArrayList::new));
        boolean update = action == Change.Action.UPDATE;
        if (inputs.isEmpty()) {
            // Nothing of the index comes from the change; it still is so many rows.
            inputs.add("nothing");
        }
        if (update) {
            inputs.addAll(List.of("tuple", "relation"));
        }
        return "unnest(" + inputs.stream().map(input -> "?::text[]").collect(Collectors.joining(", "))
                + ") WITH ORDINALITY AS n(" + String.join(", ", inputs) + ", i)"
                + (update
                        ? "\nJOIN " + shape.target().sql()
                                + " AS cur ON cur.ctid = n.tuple::tid AND (n.relation = '0' OR cur.tableoid = n.relation::oid)"
                        : "")
                + parents.sql();
    }

    private String image() {
        return image.entrySet().stream()
                .map(column -> column.getValue() + " AS " + Identifier.quote(column.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String predicate() {
        return index.predicate().orElse("true");
    }

    private String collision() {
        String others = action == Change.Action.UPDATE ? " AND (t.ctid, t.tableoid) <> (cur.ctid, cur.tableoid)" : "";
        return IntStream.range(0, index.elements().size())
                        .mapToObj(this::collides)
                        .collect(Collectors.joining(" AND "))
                + others
                + newParents.values().stream()
                        .distinct()
                        .map(isNew -> " AND NOT " + isNew)
                        .collect(Collectors.joining());
    }

    private String collides(int element) {
        String mine = "e." + name(element);
        String theirs = "t." + name(element);
        return index.collides(index.elements().get(element), theirs, mine);
    }

    private String elements(IntFunction<String> form) {
        return IntStream.range(0, index.elements().size()).mapToObj(form).collect(Collectors.joining(", "));
    }

    private String named(int element) {
        return index.elements().get(element).expression() + " AS " + name(element);
    }

    private String spelled(int element) {
        Optional<String> column = index.elements().get(element).column();
        if (column.filter(toldByParent::contains).isPresent()) {
            return Objects.requireNonNull(parentKeys.get(column.get()));
        }
        String value = text(column, "e." + name(element));
        List<String> read = column.map(List::of)
                .orElseGet(() -> index.columns().stream().sorted().toList());
        String isNew = read.stream()
                .map(newParents::get)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(" OR "));
        // What is computed from a row that is not there yet nobody knows, but that equal inputs give equal values.
        return isNew.isEmpty()
                ? value
                : "CASE WHEN " + isNew + " THEN jsonb_build_array("
                        + read.stream().map(this::input).collect(Collectors.joining(", ")) + ")::text ELSE " + value
                        + " END";
    }

    private String input(String column) {
        return parentKeys.getOrDefault(column, "(" + image.get(column) + ")::text");
    }

    private String text(Optional<String> column, String value) {
        return column.flatMap(shape.target()::column)
                .map(Column::type)
                .filter(CanonicalKey::supports)
                .map(known -> CanonicalKey.text(value, known))
                .orElse("(" + value + ")::text");
    }

    private static String name(int element) {
        return "\"dbops " + element + "\"";
    }

    /** What comes back. */
    enum Told {
        /** Changes that have a row in their way. */
        COLLISIONS,
        /** All that the index covers, with its values. */
        ALL
    }
}
