package io.github.dbops.world;

import io.github.dbops.world.Column.Form;
import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import io.github.dbops.world.UniqueIndex.Fold;
import io.github.dbops.world.UniqueIndex.Nulls;
import io.github.dbops.world.UniqueIndex.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws a table: its id, its key, its columns, its unique indexes. References are drawn by {@link ReferenceGenerator}. */
final class TableGenerator {

    private final Dice dice;
    private final Names names;
    private final Set<Trouble> troubles;
    private final ReferenceGenerator references;

    TableGenerator(Dice dice, Names names, Set<Trouble> troubles, ReferenceGenerator references) {
        this.dice = dice;
        this.names = names;
        this.troubles = troubles;
        this.references = references;
    }

    /** Draws everything of a table but what the plan says of it. */
    void draw(TableDraft table, List<TableDraft> parents) {
        surrogate(table, parents);
        key(table, parents);
        identify(table);
        new StorageGenerator(dice, names).draw(table);
        references.toParents(table, parents);
        values(table);
        uniques(table);
        if (table.storage == Table.Storage.PLAIN && dice.chance(8)) {
            table.storage = new Table.Storage(null, List.of(), List.of(), "heir_" + table.number);
        }
    }

    private void surrogate(TableDraft table, List<TableDraft> parents) {
        List<TableDraft> identified = identified(parents);
        if (table.role.isIdentified() && !identified.isEmpty() && dice.chance(7)) {
            references.asId(table, dice.pick(identified));
            return;
        }
        String name = names.id();
        int choice = dice.between(0, 99);
        if (choice < 25) {
            return;
        }
        if (choice < 65) {
            Origin origin = dice.pick(List.of(Origin.SERIAL, Origin.IDENTITY_ALWAYS, Origin.IDENTITY_BY_DEFAULT));
            String type = dice.pick(List.of("integer", "integer", "bigint", "smallint"));
            String target = type.equals("integer") && dice.chance(10) ? "bigint" : type;
            table.add(
                    new Column(
                            name, new Form(type, Presence.NOT_NULL), new Form(target, Presence.NOT_NULL), origin, null),
                    null);
        } else {
            Origin origin = choice < 85 ? Origin.RANDOM_UUID : Origin.GIVEN;
            String type = choice < 85 ? "uuid" : "text";
            table.add(both(name, type, Presence.NOT_NULL, origin, null), null);
        }
        table.surrogates.add(name);
    }

    private static List<TableDraft> identified(List<TableDraft> tables) {
        return tables.stream().filter(table -> table.role.isIdentified()).toList();
    }

    private void key(TableDraft table, List<TableDraft> parents) {
        List<TableDraft> identified = identified(parents);
        if (table.role.isIdentified() && !identified.isEmpty() && dice.chance(35)) {
            references.inKey(table, dice.pick(identified));
            if (dice.chance(30)) {
                references.inKey(table, dice.pick(identified));
            }
        }
        int plain = table.key.isEmpty() ? dice.between(1, 2) : dice.between(0, 1);
        for (int i = 0; i < plain; i++) {
            boolean nullable = troubles.contains(Trouble.NULL_KEY_SOURCE)
                    || troubles.contains(Trouble.NULL_KEY_TARGET)
                    || dice.chance(10);
            Alphabet alphabet = Alphabets.key(dice);
            if (troubles.contains(Trouble.KEY_TYPE) && table.role == TableDraft.Role.PLANNED && i == 0) {
                alphabet = dice.pick(List.of(
                        Alphabet.of("jsonb", "1", "2"),
                        Alphabet.of("double precision", "1", "2"),
                        Alphabet.of("integer[]", "{1}", "{2}")));
            }
            String name = names.column(table);
            table.key.add(name);
            table.add(both(name, alphabet.type(), nullable ? Presence.NULLABLE : Presence.NOT_NULL), alphabet);
        }
    }

    /** Primary key and the key's own unique index. */
    private void identify(TableDraft table) {
        boolean notNull = table.key.stream()
                .allMatch(c -> table.column(c).form(Side.TARGET).presence() == Presence.NOT_NULL);
        boolean duplicates = troubles.contains(Trouble.DUPLICATE_SOURCE) || troubles.contains(Trouble.DUPLICATE_TARGET);
        if (!table.surrogates.isEmpty()) {
            table.uniques.add(UniqueIndex.of("pk_" + table.number, UniqueIndex.Form.PRIMARY_KEY, table.surrogates));
        }
        boolean lookup = table.role == TableDraft.Role.LOOKUP;
        if (!lookup && dice.chance(duplicates ? 70 : 20)) {
            return;
        }
        List<UniqueIndex.Form> forms = new ArrayList<>(
                List.of(UniqueIndex.Form.CONSTRAINT, UniqueIndex.Form.INDEX, UniqueIndex.Form.DEFERRABLE_CONSTRAINT));
        if (table.surrogates.isEmpty() && notNull) {
            forms.addAll(
                    List.of(UniqueIndex.Form.PRIMARY_KEY, UniqueIndex.Form.PRIMARY_KEY, UniqueIndex.Form.PRIMARY_KEY));
        }
        UniqueIndex unique = UniqueIndex.of("key_" + table.number, dice.pick(forms), dice.shuffled(table.key));
        table.uniques.add(unique);
    }

    private void values(TableDraft table) {
        int count = dice.between(0, 4);
        for (int i = 0; i < count; i++) {
            value(table);
        }
        if (table.role != TableDraft.Role.PLANNED) {
            return;
        }
        if (dice.chance(15) || troubles.contains(Trouble.CHANGED_BY_TRIGGER)) {
            String name = names.column(table);
            table.add(
                    both(name, "timestamptz", Presence.NOT_NULL, Origin.TOUCHED, "'2031-01-01 00:00:00+00'"),
                    Alphabets.TIMESTAMPTZ);
            if (!troubles.contains(Trouble.CHANGED_BY_TRIGGER)) {
                table.ignore.add(name);
            }
        }
        if (troubles.contains(Trouble.UNSUPPORTED_COLUMN)) {
            table.add(both(names.column(table), "oid", Presence.NULLABLE), Alphabet.of("oid", "1", "2"));
        }
    }

    private void value(TableDraft table) {
        String name = names.column(table);
        Alphabet alphabet = Alphabets.any(dice);
        Presence presence = dice.chance(40) ? Presence.NOT_NULL : Presence.NULLABLE;
        int choice = dice.between(0, 99);
        if (choice < 8) {
            changed(table, name, Alphabets.harmlessChange(dice), presence);
        } else if (choice < 30 && troubles.contains(Trouble.INEXACT)) {
            changed(table, name, Alphabets.lossyChange(dice), presence);
        } else if (choice < 30 && troubles.contains(Trouble.TYPE_MISMATCH)) {
            changed(table, name, Alphabets.unassignableChange(dice), presence);
        } else if (choice < 36) {
            table.add(new Column(name, new Form(alphabet.type(), presence), null, Origin.GIVEN, null), alphabet);
        } else if (choice < 40) {
            table.add(
                    new Column(name, null, new Form(alphabet.type(), presence), Origin.DEFAULT, constant(alphabet)),
                    alphabet);
        } else if (choice < 44 || troubles.contains(Trouble.NOT_PROVIDED)) {
            Presence inTarget = troubles.contains(Trouble.NOT_PROVIDED) ? Presence.NOT_NULL : Presence.NULLABLE;
            table.add(new Column(name, null, new Form(alphabet.type(), inTarget), Origin.GIVEN, null), alphabet);
        } else if (choice < 48) {
            table.add(both(name, "text", Presence.NULLABLE, Origin.COMPUTED, "'computed'::text"), null);
        } else if (choice < 56) {
            table.add(both(name, alphabet.type(), presence, Origin.DEFAULT, constant(alphabet)), alphabet);
        } else if (choice < 60 && troubles.contains(Trouble.CONSTRAINT)) {
            table.add(
                    new Column(
                            name,
                            new Form(alphabet.type(), Presence.NULLABLE),
                            new Form(alphabet.type(), Presence.NOT_NULL),
                            Origin.GIVEN,
                            null),
                    alphabet);
        } else {
            table.add(both(name, alphabet.type(), presence), alphabet);
        }
    }

    private static String constant(Alphabet alphabet) {
        return WorldScript.literal(alphabet.classes().get(0).get(0)) + "::" + alphabet.type();
    }

    private void changed(TableDraft table, String name, Alphabets.Change change, Presence presence) {
        Form target = new Form(change.target(), presence);
        table.add(
                new Column(name, new Form(change.alphabet().type(), presence), target, Origin.GIVEN, null),
                change.alphabet());
        table.fitting.put(name, change.fitting());
    }

    private void uniques(TableDraft table) {
        int most = troubles.contains(Trouble.COLLISION) ? 4 : 2;
        int count = table.storage == Table.Storage.PLAIN ? dice.between(0, most) : 0;
        for (int i = 0; i < count; i++) {
            unique(table, "unique_" + table.number + "_" + i);
        }
    }

    private void unique(TableDraft table, String name) {
        List<String> simple = table.columns.stream()
                .filter(table::isPlain)
                .filter(c -> c.origin() == Origin.GIVEN && isIndexable(table, c))
                .map(Column::name)
                .toList();
        List<String> references = table.foreignKeys.stream()
                .filter(reference -> !table.late.contains(reference.name()))
                .flatMap(reference -> reference.columns().stream())
                .distinct()
                .toList();
        List<String> columns = new ArrayList<>(dice.some(simple, dice.between(0, 2)));
        if (dice.chance(35)) {
            dice.some(references, 1).stream().filter(c -> !columns.contains(c)).forEach(columns::add);
        }
        if (columns.isEmpty()) {
            return;
        }
        List<Part> parts = columns.stream()
                .map(c -> new Part(c, isText(table, c) && dice.chance(30) ? Fold.LOWER : Fold.NONE))
                .toList();
        UniqueIndex.Predicate predicate = dice.chance(20) ? predicate(table) : null;
        boolean index = predicate != null || parts.stream().anyMatch(p -> p.fold() == Fold.LOWER);
        UniqueIndex.Form form = index
                ? UniqueIndex.Form.INDEX
                : dice.pick(List.of(
                        UniqueIndex.Form.INDEX, UniqueIndex.Form.CONSTRAINT, UniqueIndex.Form.DEFERRABLE_CONSTRAINT));
        Set<Side> sides = dice.chance(80)
                ? EnumSet.allOf(Side.class)
                : EnumSet.of(dice.pick(List.of(Side.SOURCE, Side.TARGET, Side.TARGET)));
        Nulls nulls = dice.chance(25) ? Nulls.NOT_DISTINCT : Nulls.DISTINCT;
        table.uniques.add(new UniqueIndex(name, form, parts, predicate, nulls, sides));
    }

    private static boolean isText(TableDraft table, String column) {
        return table.column(column).form(Side.TARGET).type().equals("text");
    }

    /** Types of keys have an equality that an index knows and that {@link Alphabet#classOf} knows too. */
    private static boolean isIndexable(TableDraft table, Column column) {
        String type = column.form(Side.TARGET).type();
        return Alphabets.isKey(type) && table.alphabets.containsKey(column.name());
    }

    private UniqueIndex.@Nullable Predicate predicate(TableDraft table) {
        List<Column> plain = table.columns.stream().filter(table::isPlain).toList();
        if (plain.isEmpty()) {
            return null;
        }
        Column column = dice.pick(plain);
        boolean flag = column.form(Side.TARGET).type().equals("boolean") && dice.chance(70);
        return new UniqueIndex.Predicate(
                column.name(), flag ? UniqueIndex.Predicate.Test.IS_TRUE : UniqueIndex.Predicate.Test.IS_NOT_NULL);
    }

    static Column both(String name, String type, Presence presence) {
        return both(name, type, presence, Origin.GIVEN, null);
    }

    private static Column both(
            String name, String type, Presence presence, Origin origin, @Nullable String expression) {
        return new Column(name, new Form(type, presence), new Form(type, presence), origin, expression);
    }
}
