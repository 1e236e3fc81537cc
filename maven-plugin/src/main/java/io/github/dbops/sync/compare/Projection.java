package io.github.dbops.sync.compare;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ReferenceField;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WholeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One table as one side shows it for comparing: every value in the target's type, every key in canonical form, every
 * reference as the natural key of the row that it leads to. Two databases with the same rows have the same projection,
 * whatever their ids are. All SQL that reads a compared table's rows is built here; a projection serves one query.
 */
final class Projection {

    /** What is shown of a row to which a reference leads, where its key is NULL. */
    private static final String KEYLESS = "(a row without a key)";

    private final TableShape shape;
    private final Side side;
    private final Table table;
    private final Hashing hashing;
    private final Joins joins;

    Projection(TableShape shape, Side side, Hashing hashing) {
        this.shape = shape;
        this.side = side;
        this.table = side.table(shape.key());
        this.hashing = hashing;
        this.joins = new Joins(side);
    }

    /** How many rows there are, how many lack a key, and the sum of their hashes. */
    String fingerprint() {
        String hashes = hashing.summable(rowHash());
        String keyless = keyCanBeAbsent() ? "count(*) FILTER (WHERE NOT (" + keyIsPresent() + "))" : "0::bigint";
        return "SELECT count(*), " + keyless + ", coalesce(sum(" + hashes + "), 0)::text\nFROM " + from();
    }

    /** How many rows there are, and the sum of the hashes of everything that an insert carries. */
    String carriedFingerprint() {
        return "SELECT count(*), coalesce(sum(" + hashing.summable(carriedHash()) + "), 0)::text\nFROM " + from();
    }

    /**
     * Whether an insert carries all of the target's columns, so that its hash is a {@link WholeRow}'s.
     *
     * @param own the target's hash
     */
    boolean carriesWholeRows(Hashing own) {
        return carriedHash().equals(WholeRow.hash(own, table, Joins.TABLE));
    }

    // In the order of the target's columns, as a whole row's.
    private String carriedHash() {
        List<String> order = shape.target().columns().stream().map(Column::name).toList();
        return hashing.over(TableShape.leaves(shape.inserted()).stream()
                .sorted(Comparator.comparing(leaf -> order.indexOf(leaf.column().name())))
                .map(this::exact)
                .toList());
    }

    /** Key hash and row hash in one field, then the place, of every row; without hashes where a row has no key. */
    String stream() {
        String hashes = "int8send(" + keyHash() + ") || int8send(" + rowHash() + ")";
        String told = keyCanBeAbsent() ? "CASE WHEN " + keyIsPresent() + " THEN " + hashes + " END" : hashes;
        return "SELECT " + told + ", " + place() + "\nFROM " + from();
    }

    /** Some columns and the place of every row; {@code expressions} are this projection's own. */
    String all(List<String> expressions) {
        return "SELECT " + String.join(", ", expressions) + ", " + place() + "\nFROM " + from();
    }

    /** Canonical key and row hash of some rows that have a key, from pages chosen at random. */
    String sample(double percent, int most) {
        String key = String.join(", ", canonicalKey());
        String sampled = " TABLESAMPLE SYSTEM (" + String.format(Locale.ROOT, "%.6f", percent) + ")";
        return "SELECT " + key + ", " + rowHash() + "\nFROM " + base(sampled) + joins.sql() + "\nWHERE "
                + keyIsPresent() + "\nLIMIT " + most;
    }

    /** Number and row hash of the rows that meet a condition beside another relation {@code n}, which numbers them. */
    String hashesBeside(String relation, String condition) {
        return "SELECT n.i::int, " + rowHash() + "\nFROM " + relation + "\nJOIN " + base("") + " ON " + condition
                + joins.sql();
    }

    private String place() {
        return switch (PlaceForm.of(table)) {
            case PARTITION -> "t.ctid, t.tableoid";
            case HASH -> "int8send(" + keyHash() + ")";
            case TUPLE -> "t.ctid";
        };
    }

    /** The rows at these places, in the order of the list; {@code expressions} are this projection's own. */
    String rows(List<Locator> places, List<String> expressions) {
        String items = String.join(", ", expressions);
        String hash = keyHash();
        return switch (PlaceForm.of(table)) {
            case PARTITION -> """
                    SELECT %s
                    FROM unnest(%s::tid[], %s::oid[]) WITH ORDINALITY AS place(tid, relation, n)
                    JOIN %s ON t.ctid = place.tid AND t.tableoid = place.relation%s
                    ORDER BY place.n""".formatted(items, tids(places), relations(places), base(""), joins.sql());
            case HASH -> """
                    SELECT %s
                    FROM %s
                    JOIN unnest(%s::int8[]) WITH ORDINALITY AS place(hash, n) ON %s = place.hash
                    ORDER BY place.n""".formatted(items, from(), hashes(places), hash);
            case TUPLE -> """
                    SELECT %s
                    FROM unnest(%s::tid[]) WITH ORDINALITY AS place(tid, n)
                    JOIN %s ON t.ctid = place.tid%s
                    ORDER BY place.n""".formatted(items, tids(places), base(""), joins.sql());
        };
    }

    private static String tids(List<Locator> places) {
        return places.stream().map(p -> "\"" + p.tid() + "\"").collect(Collectors.joining(",", "'{", "}'"));
    }

    private static String relations(List<Locator> places) {
        return places.stream().map(p -> Long.toString(p.relation())).collect(Collectors.joining(",", "'{", "}'"));
    }

    private static String hashes(List<Locator> places) {
        return places.stream().map(p -> Long.toString(p.tuple())).collect(Collectors.joining(",", "'{", "}'"));
    }

    /** Values as they travel. */
    List<String> wire(List<Field> fields) {
        return TableShape.leaves(fields).stream()
                .map(leaf ->
                        leaf.form().travelling(joins.value(leaf), leaf.column().type()))
                .toList();
    }

    /** Compared values as people read them. */
    List<String> text() {
        return TableShape.leaves(shape.compared()).stream()
                .map(leaf -> leaf.path().isEmpty() ? "(" + joins.value(leaf) + ")::text" : referredText(leaf))
                .toList();
    }

    private String referredText(Leaf leaf) {
        return shape.doubtful().contains(leaf.path().get(0))
                ? "coalesce(" + canonical(leaf) + ", CASE WHEN "
                        + joins.isPresent(leaf.path().subList(0, 1)) + " THEN '" + KEYLESS + "' END)"
                : canonical(leaf);
    }

    /** One own column's value as text. */
    String text(ShapedColumn column) {
        return "(" + joins.value(new Leaf(List.of(), column, column.sensitive())) + ")::text";
    }

    /** The key's values in canonical form. */
    List<String> canonicalKey() {
        return shape.key().leaves().stream().map(this::canonical).toList();
    }

    /** The natural key of the row to which a reference leads, in canonical form. */
    List<String> canonicalParent(Reference reference) {
        return reference.leaves().stream().map(this::canonical).toList();
    }

    /**
     * How a reference stands, as a boolean: NULL where there is none. A row without a natural key is not the same as any of
     * the other side.
     */
    String standing(Reference reference) {
        String told = side == Side.SOURCE ? joins.areThere(reference.leaves()) : "true";
        return "CASE WHEN " + joins.isPresent(List.of(reference)) + " THEN " + told + " END";
    }

    /** How a reference of the source stands: one of {@link ParentState}'s codes, as an integer. */
    String parentState(Reference reference) {
        return new CarriedParents(joins).state(reference);
    }

    private String canonical(Leaf leaf) {
        return CanonicalKey.text(joins.value(leaf), leaf.column().type());
    }

    private String keyHash() {
        return hashing.overKey(keyItems());
    }

    private List<Hashing.Item> keyItems() {
        return shape.key().leaves().stream().map(this::equal).toList();
    }

    // Beside the key what must agree where keys match: their spelling, as far as equal keys can be spelled differently,
    // and all compared values.
    private String rowHash() {
        List<Hashing.Item> items = new ArrayList<>(keyItems());
        for (Leaf leaf : shape.key().leaves()) {
            if (leaf.path().isEmpty() && CanonicalKey.isLoose(leaf.column().type())) {
                items.add(exact(leaf));
            }
        }
        for (Field field : shape.compared()) {
            if (field instanceof ReferenceField through) {
                through.leaves().forEach(leaf -> items.add(equal(leaf)));
            } else {
                field.leaves().forEach(leaf -> items.add(exact(leaf)));
            }
        }
        shape.doubtful().forEach(reference -> items.add(Hashing.Item.truth(standing(reference))));
        return hashing.over(items);
    }

    private Hashing.Item equal(Leaf leaf) {
        return joins.item(
                leaf, Hashing.Item.equal(joins.value(leaf), leaf.column().type()));
    }

    private Hashing.Item exact(Leaf leaf) {
        ShapedColumn column = leaf.column();
        Type type = column.isCast() ? column.type() : side.column(column).type();
        return joins.item(leaf, Hashing.Item.exact(joins.value(leaf), type, column.form()));
    }

    private boolean keyCanBeAbsent() {
        return !shape.key().isAlwaysThere(side);
    }

    private String keyIsPresent() {
        return joins.areThere(shape.key().leaves());
    }

    private String from() {
        return base("") + joins.sql();
    }

    // The plan's condition names the table's columns bare, so it stands in a scope of its own. The newline ends
    // a comment that it may end with.
    private String base(String sampled) {
        return side == Side.SOURCE && shape.planned().where().isPresent()
                ? "(SELECT t.*" + (table.placed() ? ", t.tableoid, t.ctid" : "") + " FROM " + table.sql() + " AS t"
                        + sampled + " WHERE (" + shape.planned().where().get() + "\n)) AS t"
                : table.sql() + " AS t" + sampled;
    }
}
