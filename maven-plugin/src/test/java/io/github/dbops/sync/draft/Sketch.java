package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.sync.draft.ColumnFacts.Trait;
import io.github.dbops.sync.draft.UniqueFacts.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A table as a test wants it: what a database would have said of it, in a few words. */
public final class Sketch {

    private final String name;
    private final List<ColumnFacts> columns = new ArrayList<>();
    private final List<String> primaryKey = new ArrayList<>();
    private final List<UniqueFacts> indexes = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<TriggerFacts> triggers = new ArrayList<>();
    private final Map<String, Counted.Fill> fills = new HashMap<>();
    private final Map<List<String>, Long> distinct = new HashMap<>();
    private long rows;
    private Optional<String> unseen = Optional.empty();
    private Optional<String> obstacle = Optional.empty();

    private Sketch(String name) {
        this.name = name;
    }

    public static Sketch table(String name) {
        return new Sketch(name);
    }

    public static QualifiedName named(String name) {
        return new QualifiedName("public", name);
    }

    public Sketch column(String column, Family family, Trait... traits) {
        Set<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(Arrays.asList(traits));
        if (Set.of(Family.TEXT, Family.NUMBER, Family.UUID, Family.MOMENT, Family.ENUM)
                .contains(family)) {
            all.add(Trait.KEYABLE);
        }
        columns.add(new ColumnFacts(column, family.name().toLowerCase(java.util.Locale.ROOT), family, all));
        return this;
    }

    /** A primary key that a sequence fills. */
    public Sketch serial(String column) {
        primaryKey.add(column);
        return column(column, Family.NUMBER, Trait.NOT_NULL, Trait.SEQUENCE_BACKED, Trait.HAS_DEFAULT);
    }

    /** A column that is never NULL and unique by an index. */
    public Sketch unique(String column) {
        indexes.add(new UniqueFacts(name + "_" + column + "_key", List.of(column), Set.of()));
        return column(column, Family.TEXT, Trait.NOT_NULL);
    }

    public Sketch index(List<String> over, Limit... limits) {
        indexes.add(new UniqueFacts(name + "_key", over, Set.of(limits)));
        return this;
    }

    public Sketch primaryKey(String... over) {
        primaryKey.addAll(List.of(over));
        return this;
    }

    /** A NOT NULL number that references another table. */
    public Sketch parent(String column, String table, String parentColumn) {
        column(column, Family.NUMBER, Trait.NOT_NULL);
        return reference(column, table, parentColumn);
    }

    public Sketch reference(String column, String table, String parentColumn) {
        references.add(new Reference(List.of(column), named(table), List.of(parentColumn), false));
        return this;
    }

    public Sketch deferrable(String column, String table, String parentColumn) {
        column(column, Family.NUMBER, Trait.NOT_NULL);
        references.add(new Reference(List.of(column), named(table), List.of(parentColumn), true));
        return this;
    }

    public Sketch trigger(TriggerFacts trigger) {
        triggers.add(trigger);
        return this;
    }

    public Sketch rows(long count) {
        rows = count;
        return this;
    }

    public Sketch filled(String column, long filled, long different) {
        fills.put(column, new Counted.Fill(filled, different, 0, 20));
        return this;
    }

    public Sketch generated(String column) {
        fills.put(column, new Counted.Fill(rows, rows, rows, 36));
        return this;
    }

    public Sketch together(long different, String... group) {
        distinct.put(List.of(group), different);
        return this;
    }

    public Sketch unseen(String why) {
        unseen = Optional.of(why);
        return this;
    }

    public Sketch obstacle(String why) {
        obstacle = Optional.of(why);
        return this;
    }

    public TableFacts facts() {
        return new TableFacts(
                named(name), name, columns, primaryKey, indexes, references, triggers, rows, obstacle, List.of());
    }

    public Surveyed surveyed() {
        return new Surveyed(
                facts(),
                unseen.map(why -> Counted.unseen(RowCount.estimated(rows), why))
                        .orElseGet(() -> new Counted(RowCount.counted(rows), fills, distinct, Optional.empty())));
    }

    /** What would be drafted from some tables. */
    public static Draft draft(Sketch... tables) {
        return Drafting.of("the database shop", survey(tables));
    }

    public static Survey survey(Sketch... tables) {
        return new Survey(Arrays.stream(tables).map(Sketch::surveyed).toList(), List.of(), Optional.empty());
    }

    /** One table of a draft. */
    public static DraftedTable of(Draft draft, String name) {
        return draft.tables().stream()
                .filter(t -> t.planName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The key that a draft gives a table; empty where it gives none. */
    public static List<String> key(Draft draft, String name) {
        return of(draft, name).key().map(KeyCandidate::columns).orElse(List.of());
    }
}
