package io.github.dbops.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a world that breaks the law smaller as long as it breaks the same clause: fewer tables, rows, columns, constraints. */
final class Shrinker {

    private final Law law;
    private int triesLeft = Integer.getInteger("dbops.shrinks", 250);

    Shrinker(Law law) {
        this.law = law;
    }

    /** The smallest world found. */
    Shrunk shrink(World world, Law.Broken broken) {
        Shrunk smallest = new Shrunk(world, broken);
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (World candidate : candidates(smallest.world())) {
                Optional<Law.Broken> still = breaks(candidate, broken.clause());
                if (still.isPresent()) {
                    smallest = new Shrunk(candidate, still.get());
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private Optional<Law.Broken> breaks(World candidate, String clause) {
        if (triesLeft-- <= 0) {
            return Optional.empty();
        }
        try {
            law.check(candidate);
        } catch (Law.Broken broken) {
            return Optional.of(broken).filter(b -> b.clause().equals(clause));
        } catch (RuntimeException | java.sql.SQLException notAWorld) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The large steps first. */
    private static List<World> candidates(World world) {
        List<World> all = new ArrayList<>();
        world.tables().forEach(table -> all.add(withoutTable(world, table)));
        world.tables().forEach(table -> all.addAll(withoutParts(world, table)));
        for (Side side : Side.values()) {
            world.rows(side).forEach(row -> all.add(withoutRow(world, side, row)));
        }
        world.tables().forEach(table -> all.addAll(withSimplerEntry(world, table)));
        world.tables()
                .forEach(table -> table.columns().forEach(column -> all.addAll(withoutColumn(world, table, column))));
        return all;
    }

    private static World withoutTable(World world, Table gone) {
        List<Table> tables = world.tables().stream()
                .filter(table -> table != gone)
                .map(table -> table.with(
                        table.columns(),
                        table.foreignKeys().stream()
                                .filter(key -> !key.parent().equals(gone.name()))
                                .toList(),
                        table.uniques()))
                .toList();
        return without(
                world.withTables(tables),
                gone.name(),
                String.valueOf(gone.storage().heir()));
    }

    private static World without(World world, String... tables) {
        List<String> gone = List.of(tables);
        return world.withRows(
                world.sourceRows().stream()
                        .filter(row -> !gone.contains(row.table()))
                        .toList(),
                world.targetRows().stream()
                        .filter(row -> !gone.contains(row.table()))
                        .toList());
    }

    private static List<World> withoutParts(World world, Table table) {
        List<World> all = new ArrayList<>();
        if (table.storage() != Table.Storage.PLAIN || table.audited() == Table.Audited.YES) {
            Table plain = table.with(Table.Storage.PLAIN, Table.Audited.NO, table.entry());
            all.add(without(
                    replaced(world, plain), String.valueOf(table.storage().heir())));
        }
        table.foreignKeys()
                .forEach(key -> all.add(
                        replaced(world, table.with(table.columns(), less(table.foreignKeys(), key), table.uniques()))));
        table.uniques()
                .forEach(unique -> all.add(replaced(
                        world, table.with(table.columns(), table.foreignKeys(), less(table.uniques(), unique)))));
        return all;
    }

    private static <T> List<T> less(List<T> all, T one) {
        return all.stream().filter(each -> each != one).toList();
    }

    private static World replaced(World world, Table table) {
        return world.withTables(world.tables().stream()
                .map(each -> each.name().equals(table.name()) ? table : each)
                .toList());
    }

    private static World withoutRow(World world, Side side, Row row) {
        return side == Side.SOURCE
                ? world.withRows(less(world.sourceRows(), row), world.targetRows())
                : world.withRows(world.sourceRows(), less(world.targetRows(), row));
    }

    private static List<World> withSimplerEntry(World world, Table table) {
        Entry entry = table.entry();
        if (entry == null) {
            return List.of();
        }
        Entry plain = Entry.of(entry.mode(), entry.onConflict(), entry.key().toArray(String[]::new));
        Entry raw = plain.rawReferences(entry.rawReferences().toArray(String[]::new));
        Stream<Entry> simpler = Stream.of(
                raw,
                raw.ids(entry.ids()),
                new Entry(
                        entry.key(),
                        entry.mode(),
                        entry.onConflict(),
                        null,
                        null,
                        entry.exclude(),
                        entry.ignore(),
                        List.of(),
                        entry.ids(),
                        entry.rawReferences()));
        return simpler.filter(each -> !each.equals(entry))
                .map(each -> replaced(world, table.with(table.storage(), table.audited(), each)))
                .toList();
    }

    private static List<World> withoutColumn(World world, Table table, Column column) {
        String name = column.name();
        boolean needed = table.foreignKeys().stream()
                        .anyMatch(key -> key.columns().contains(name))
                || table.uniques().stream().anyMatch(unique -> unique.deciding().contains(name))
                || String.valueOf(table.storage().partitionBy()).contains(name)
                || table.planned()
                        .map(WorldPlanNames::of)
                        .filter(names -> names.contains(name))
                        .isPresent()
                || world.tables().stream()
                        .flatMap(child -> child.foreignKeys().stream())
                        .anyMatch(key -> key.parent().equals(table.name())
                                && key.parentColumns().contains(name));
        if (needed) {
            return List.of();
        }
        World smaller =
                replaced(world, table.with(less(table.columns(), column), table.foreignKeys(), table.uniques()));
        List<String> tables =
                List.of(table.name(), String.valueOf(table.storage().heir()));
        return List.of(
                smaller.withRows(dropped(world.sourceRows(), tables, name), dropped(world.targetRows(), tables, name)));
    }

    private static List<Row> dropped(List<Row> rows, List<String> tables, String column) {
        return rows.stream()
                .map(row -> tables.contains(row.table()) ? row.without(column) : row)
                .toList();
    }

    /** The columns that an entry names. */
    private static final class WorldPlanNames {
        static List<String> of(Entry entry) {
            List<String> names = new ArrayList<>(entry.key());
            if (entry.columns() != null) {
                names.addAll(entry.columns());
            }
            names.addAll(entry.exclude());
            names.addAll(entry.ignore());
            names.addAll(entry.sensitive());
            names.addAll(entry.rawReferences());
            if (entry.where() != null) {
                names.add(entry.where());
            }
            return names;
        }
    }
}
