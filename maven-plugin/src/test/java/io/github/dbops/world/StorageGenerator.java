package io.github.dbops.world;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.world.Column.Presence;
import java.util.List;

/** Draws how a table's rows lie. */
final class StorageGenerator {

    private final Dice dice;
    private final Names names;

    StorageGenerator(Dice dice, Names names) {
        this.dice = dice;
        this.names = names;
    }

    /** Some tables are partitioned on a side or both, by their key or, without any unique index, by another column. */
    void draw(TableDraft table) {
        if (!table.surrogates.isEmpty() || !dice.chance(25)) {
            return;
        }
        String first = table.key.get(0);
        boolean byKey = !table.isReference(first)
                && table.uniques.stream().allMatch(u -> u.columns().contains(first));
        if (table.uniques.isEmpty() && (!byKey || dice.chance(60))) {
            String name = names.column(table);
            Alphabet alphabet = dice.pick(List.of(Alphabets.INTEGER, Alphabets.BOOLEAN, Alphabets.TEXT));
            table.add(TableGenerator.both(name, alphabet.type(), Presence.NULLABLE), alphabet);
            partition(table, name, dice.pick(List.of("LIST", "RANGE")));
        } else if (byKey) {
            boolean sortable =
                    Alphabets.isKey(table.column(first).form(Side.TARGET).type());
            partition(table, first, sortable ? dice.pick(List.of("HASH", "LIST", "RANGE")) : "HASH");
        }
    }

    private void partition(TableDraft table, String column, String strategy) {
        Alphabet alphabet = table.alphabets.getOrDefault(column, Alphabets.TEXT);
        String value = WorldScript.literal(alphabet.classes().get(0).get(0));
        String stem = "part_" + table.number + "_";
        boolean nothingBelow = value.equals("'NaN'") && !strategy.equals("LIST");
        List<Table.Partition> partitions = strategy.equals("HASH")
                ? List.of(
                        new Table.Partition(stem + 0, "FOR VALUES WITH (MODULUS 2, REMAINDER 0)"),
                        new Table.Partition(stem + 1, "FOR VALUES WITH (MODULUS 2, REMAINDER 1)"))
                : List.of(
                        new Table.Partition(
                                stem + 0,
                                strategy.equals("LIST")
                                        ? "FOR VALUES IN (" + value + ")"
                                        : "FOR VALUES FROM (MINVALUE) TO (" + (nothingBelow ? "0" : value) + ")"),
                        new Table.Partition(stem + 1, "DEFAULT"));
        List<Side> sides = dice.chance(50) ? List.of(Side.values()) : List.of(dice.pick(List.of(Side.values())));
        table.storage = new Table.Storage(strategy + " (" + Identifier.quote(column) + ")", partitions, sides, null);
    }
}
