package io.github.dbops.world;

import io.github.dbops.world.Column.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The same facts in a source that was built another time: other ids, other values of columns that are ignored, other
 * order of rows. A sync must see no difference.
 */
final class Renumbering {

    private final World world;
    private final Dice dice;
    private final Map<String, Map<String, String>> numbers = new HashMap<>();
    private int last = 300;

    private Renumbering(World world) {
        this.world = world;
        this.dice = new Dice(new Random(world.seed()));
    }

    static World of(World world) {
        return new Renumbering(world).renumbered();
    }

    private World renumbered() {
        List<Row> rows = new ArrayList<>();
        world.sourceRows().forEach(row -> rows.add(renumbered(row)));
        world.tables().stream()
                .filter(table -> table.entry() != null)
                .forEach(table -> table.entry().ignore().stream()
                        .filter(column -> isFree(table, column))
                        .forEach(column -> permute(rows, table.name(), column)));
        return world.withRows(dice.shuffled(rows), world.targetRows());
    }

    private Row renumbered(Row row) {
        Map<String, @Nullable String> values = new LinkedHashMap<>(row.values());
        world.tables().stream()
                .filter(table -> table.name().equals(row.table()))
                .forEach(table -> values.replaceAll((column, value) -> renumbered(table, column, value)));
        return new Row(row.table(), values);
    }

    private @Nullable String renumbered(Table table, String column, @Nullable String value) {
        String root = root(table, column, 0);
        return root == null || value == null
                ? value
                : numbers.computeIfAbsent(root, r -> new HashMap<>()).computeIfAbsent(value, this::anew);
    }

    private String anew(String id) {
        boolean uuid = id.contains("-");
        if (id.startsWith("c") && !uuid) {
            return "c" + dice.uuid().substring(9).replace("-", "");
        }
        last += dice.between(1, 3);
        return uuid ? dice.uuid() : String.valueOf(last);
    }

    /** The surrogate that a column holds, by its table and name; null where it holds a value. */
    private @Nullable String root(Table table, String column, int depth) {
        for (ForeignKey reference : table.foreignKeys()) {
            int place = reference.columns().indexOf(column);
            if (place >= 0 && depth <= world.tables().size()) {
                String found = root(
                        world.table(reference.parent()),
                        reference.parentColumns().get(place),
                        depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        boolean identified = new Rules(world, table).isIdentified();
        boolean references =
                table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column));
        return identified && !references && table.primaryKey().contains(column) && isId(table, column)
                ? table.name() + " " + column
                : null;
    }

    private static boolean isId(Table table, String column) {
        Origin origin = table.column(column).origin();
        boolean id = origin.isSequence() || origin == Origin.RANDOM_UUID || origin == Origin.GIVEN;
        return id
                && table.planned()
                        .filter(entry -> !entry.key().contains(column))
                        .isPresent();
    }

    private boolean isFree(Table table, String column) {
        boolean indexed = table.uniques().stream()
                .anyMatch(unique -> unique.columns().contains(column)
                        || unique.predicate() != null
                                && unique.predicate().column().equals(column));
        boolean reference =
                table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column));
        boolean asked = table.planned()
                .map(Entry::where)
                .filter(where -> where.contains(column.replace("\"", "\"\"")))
                .isPresent();
        return !indexed && !reference && !asked;
    }

    private void permute(List<Row> rows, String table, String column) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).table().equals(table)) {
                places.add(i);
            }
        }
        List<@Nullable String> values = new ArrayList<>();
        places.forEach(place -> values.add(rows.get(place).value(column)));
        List<@Nullable String> shuffled = dice.shuffled(values);
        for (int i = 0; i < places.size(); i++) {
            rows.set(places.get(i), rows.get(places.get(i)).with(column, shuffled.get(i)));
        }
    }
}
