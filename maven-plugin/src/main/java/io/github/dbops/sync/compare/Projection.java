package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One table as one side shows it for comparing: every value in the target's type, every key in canonical form. Two
 * databases with the same rows have the same projection. All SQL that reads a compared table's rows is built here; a
 * reference will be compared through its parent's natural key by a join in {@link #from} and another expression in
 * {@link #value}.
 */
final class Projection {

    private final TableShape shape;
    private final Side side;
    private final Hashing hashing;

    Projection(TableShape shape, Side side, Hashing hashing) {
        this.shape = shape;
        this.side = side;
        this.hashing = hashing;
    }

    /** How many rows there are, how many lack a key, and the sum of their hashes. */
    String fingerprint() {
        return """
                SELECT count(*), count(*) FILTER (WHERE NOT (%s)), coalesce(sum(%s), 0)::text
                FROM %s
                WHERE %s""".formatted(keyIsPresent(), hashing.summable(rowHash()), from(), condition());
    }

    /** Key hash, row hash and locator of every row that has a key, in the order of the key's hash. */
    String stream() {
        return """
                SELECT %s, %s, %s
                FROM %s
                WHERE (%s) AND %s
                ORDER BY 1""".formatted(keyHash(), rowHash(), locator(), from(), condition(), keyIsPresent());
    }

    /** Canonical key and some columns of the rows at these places, in the order of the list. */
    String rows(List<Locator> places, List<String> expressions) {
        String tids = places.stream().map(p -> "\"" + p.tid() + "\"").collect(Collectors.joining(",", "'{", "}'"));
        String items = String.join(", ", concat(canonicalKey(), expressions));
        if (!isPartitioned()) {
            return """
                    SELECT %s
                    FROM unnest(%s::tid[]) WITH ORDINALITY AS place(tid, n)
                    JOIN %s ON t.ctid = place.tid
                    ORDER BY place.n""".formatted(items, tids, from());
        }
        String relations =
                places.stream().map(p -> Long.toString(p.relation())).collect(Collectors.joining(",", "'{", "}'"));
        return """
                SELECT %s
                FROM unnest(%s::tid[], %s::oid[]) WITH ORDINALITY AS place(tid, relation, n)
                JOIN %s ON t.ctid = place.tid AND t.tableoid = place.relation
                ORDER BY place.n""".formatted(items, tids, relations, from());
    }

    /** The columns' values as they travel. */
    List<String> wire(List<ShapedColumn> columns) {
        return columns.stream()
                .map(c -> c.form() == WireForm.TEXT ? "(" + value(c) + ")::text" : value(c))
                .toList();
    }

    /** The columns' values as people read them. */
    List<String> text(List<ShapedColumn> columns) {
        return columns.stream().map(c -> "(" + value(c) + ")::text").toList();
    }

    /** The key's columns in canonical form. */
    List<String> canonicalKey() {
        return shape.key().stream()
                .map(c -> CanonicalKey.text(value(c), c.target().type()))
                .toList();
    }

    private String keyHash() {
        return hashing.overKey(shape.key().stream()
                .map(c -> CanonicalKey.item(value(c), c.target().type()))
                .toList());
    }

    // Everything that must agree where keys match: the key itself (also its spelling), compared values, and surrogates
    // that other planned tables reference.
    private String rowHash() {
        List<Hashing.Item> items = new ArrayList<>();
        for (ShapedColumn column : shape.key()) {
            Type type = column.target().type();
            items.add(CanonicalKey.item(value(column), type));
            if (CanonicalKey.isLoose(type)) {
                items.add(exact(column));
            }
        }
        shape.compared().forEach(c -> items.add(exact(c)));
        shape.referenced().stream()
                .filter(c -> c.part() == ShapedColumn.Part.CARRIED)
                .forEach(c -> items.add(exact(c)));
        return hashing.over(items);
    }

    private Hashing.Item exact(ShapedColumn column) {
        Type type = Casts.isNeeded(column)
                ? column.target().type()
                : side.column(column).type();
        return Hashing.Item.exact(value(column), type, column.form());
    }

    private String value(ShapedColumn column) {
        String name = "t." + Identifier.quote(column.name());
        return side == Side.SOURCE && Casts.isNeeded(column) ? Casts.toTarget(name, column) : name;
    }

    private String keyIsPresent() {
        return shape.key().stream()
                .map(c -> "t." + Identifier.quote(c.name()) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    private String condition() {
        // The newline ends a comment that the plan's condition may end with.
        return side == Side.SOURCE
                ? shape.planned().where().map(w -> "(" + w + "\n)").orElse("true")
                : "true";
    }

    String from() {
        Table table = side.table(shape);
        return (isPartitioned() ? "" : "ONLY ") + table.name().sql() + " AS t";
    }

    private String locator() {
        return (isPartitioned() ? "t.tableoid::bigint" : "0::bigint") + ", t.ctid";
    }

    private boolean isPartitioned() {
        return side.table(shape).kind() == Table.Kind.PARTITIONED;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
