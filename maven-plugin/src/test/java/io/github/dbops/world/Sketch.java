package io.github.dbops.world;

import io.github.dbops.world.Column.Form;
import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import io.github.dbops.world.ForeignKey.Timing;
import io.github.dbops.world.UniqueIndex.Nulls;
import io.github.dbops.world.UniqueIndex.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A world drawn by hand, for an example: tables with their columns one after the other, then rows in their order. */
final class Sketch {

    private final List<Table> tables = new ArrayList<>();
    private final List<Row> source = new ArrayList<>();
    private final List<Row> target = new ArrayList<>();
    private World.Words words = World.Words.UNSAID;
    private World.SideEffects sideEffects = World.SideEffects.FORBIDDEN;

    /** Begins a table; everything up to the next one belongs to it. */
    Sketch table(String name, @Nullable Entry entry) {
        tables.add(new Table(
                name, List.of(), List.of(), List.of(), List.of(), Table.Storage.PLAIN, Table.Audited.NO, entry));
        return this;
    }

    /** A table that the plan does not list. */
    Sketch unlisted(String name) {
        return table(name, null);
    }

    /** A column of both sides that must have a value. */
    Sketch column(String name, String type) {
        return column(name, new Form(type, Presence.NOT_NULL), new Form(type, Presence.NOT_NULL), Origin.GIVEN, null);
    }

    /** A column of both sides that may be NULL. */
    Sketch nullable(String name, String type) {
        return column(name, new Form(type, Presence.NULLABLE), new Form(type, Presence.NULLABLE), Origin.GIVEN, null);
    }

    /** A column of two types that may be NULL. */
    Sketch changed(String name, String sourceType, String targetType) {
        return column(
                name,
                new Form(sourceType, Presence.NULLABLE),
                new Form(targetType, Presence.NULLABLE),
                Origin.GIVEN,
                null);
    }

    /** A primary key that the database makes, or that it could make. */
    Sketch id(String name, String type, Origin origin) {
        return column(name, new Form(type, Presence.NOT_NULL), new Form(type, Presence.NOT_NULL), origin, null)
                .unique(UniqueIndex.Form.PRIMARY_KEY, name);
    }

    Sketch serial(String name) {
        return id(name, "integer", Origin.SERIAL);
    }

    Sketch column(
            String name, @Nullable Form inSource, @Nullable Form inTarget, Origin origin, @Nullable String expression) {
        Table table = last();
        List<Column> columns = more(table.columns(), new Column(name, inSource, inTarget, origin, expression));
        return replace(new Table(
                table.name(),
                columns,
                columns.stream().map(Column::name).toList(),
                table.foreignKeys(),
                table.uniques(),
                table.storage(),
                table.audited(),
                table.entry()));
    }

    Sketch unique(UniqueIndex.Form form, String... columns) {
        return unique(UniqueIndex.of(
                "unique_" + tables.size() + "_" + last().uniques().size(), form, List.of(columns)));
    }

    /** An index of the target alone. */
    Sketch unique(List<Part> parts, UniqueIndex.@Nullable Predicate predicate, Nulls nulls) {
        String name = "unique_" + tables.size() + "_" + last().uniques().size();
        return unique(new UniqueIndex(name, UniqueIndex.Form.INDEX, parts, predicate, nulls, Set.of(Side.TARGET)));
    }

    private Sketch unique(UniqueIndex index) {
        Table table = last();
        return replace(table.with(table.columns(), table.foreignKeys(), more(table.uniques(), index)));
    }

    Sketch reference(String column, String parent, String parentColumn) {
        return reference(List.of(column), parent, List.of(parentColumn), Timing.AT_ONCE);
    }

    Sketch reference(List<String> columns, String parent, List<String> parentColumns, Timing timing) {
        Table table = last();
        ForeignKey key = new ForeignKey(
                "fk_" + tables.size() + "_" + table.foreignKeys().size(), columns, parent, parentColumns, timing, "");
        return replace(table.with(table.columns(), more(table.foreignKeys(), key), table.uniques()));
    }

    Sketch storage(Table.Storage storage) {
        return replace(last().with(storage, last().audited(), last().entry()));
    }

    Sketch audited() {
        return replace(last().with(last().storage(), Table.Audited.YES, last().entry()));
    }

    Sketch saysTheWords() {
        words = World.Words.SAID;
        return this;
    }

    Sketch allowsTheLog() {
        sideEffects = World.SideEffects.ALLOWED;
        return this;
    }

    /** A row of the source: the values of its columns in their order, computed ones left out. */
    Sketch source(String table, @Nullable String... values) {
        source.add(row(Side.SOURCE, table, values));
        return this;
    }

    Sketch target(String table, @Nullable String... values) {
        target.add(row(Side.TARGET, table, values));
        return this;
    }

    private Row row(Side side, String name, @Nullable String... values) {
        Table table =
                tables.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
        List<Column> columns = table.columns().stream()
                .filter(c -> c.on(side) != null && c.origin() != Origin.COMPUTED)
                .toList();
        if (columns.size() != values.length) {
            throw new IllegalArgumentException(name + " has " + columns.size() + " columns there");
        }
        Map<String, @Nullable String> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            byName.put(columns.get(i).name(), values[i]);
        }
        return new Row(name, byName);
    }

    /** The world, between servers of these major versions. */
    World world(int sourceVersion, int targetVersion) {
        return new World(
                0,
                new World.Place("public", sourceVersion),
                new World.Place("public", targetVersion),
                List.of(
                        new World.UserType(
                                "CREATE TYPE \"Mood\" AS ENUM ('happy', 'sad', 'only here')",
                                "CREATE TYPE \"Mood\" AS ENUM ('sad', 'happy')"),
                        new World.UserType(
                                "CREATE TYPE \"Money\" AS (amount numeric, note text)",
                                "CREATE TYPE \"Money\" AS (amount numeric, note text)")),
                tables,
                new World.Spelling(World.Names.BARE, words, sideEffects, World.Samples.UNSAID, World.Recording.UNSAID),
                source,
                target);
    }

    /** The same with another entry for a table. */
    Sketch replanned(String name, Entry entry) {
        Sketch other = new Sketch();
        tables.forEach(table -> other.tables.add(
                table.name().equals(name) ? table.with(table.storage(), table.audited(), entry) : table));
        other.source.addAll(source);
        other.target.addAll(target);
        other.words = words;
        other.sideEffects = sideEffects;
        return other;
    }

    private Table last() {
        return tables.get(tables.size() - 1);
    }

    private Sketch replace(Table table) {
        tables.set(tables.size() - 1, table);
        return this;
    }

    private static <T> List<T> more(List<T> all, T one) {
        List<T> longer = new ArrayList<>(all);
        longer.add(one);
        return longer;
    }
}
