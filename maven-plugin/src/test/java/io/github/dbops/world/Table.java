package io.github.dbops.world;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table on both sides.
 *
 * @param columns in the source's order
 * @param targetOrder the names of the target's columns in its order
 * @param storage how its rows lie on a side
 * @param audited whether a trigger of the target writes into {@link World#AUDIT_LOG} for each row written
 * @param entry what the plan says of it; null where the plan does not list it
 */
record Table(
        String name,
        List<Column> columns,
        List<String> targetOrder,
        List<ForeignKey> foreignKeys,
        List<UniqueIndex> uniques,
        Storage storage,
        Audited audited,
        @Nullable Entry entry) {

    Table {
        columns = List.copyOf(columns);
        targetOrder = List.copyOf(targetOrder);
        foreignKeys = List.copyOf(foreignKeys);
        uniques = List.copyOf(uniques);
    }

    /** Whether a trigger of the target logs what is written. */
    enum Audited {
        NO,
        YES
    }

    /**
     * How the rows lie.
     *
     * @param partitionBy what follows {@code PARTITION BY}; null for an ordinary table
     * @param partitions name and bound of each partition
     * @param partitioned the sides where it is partitioned
     * @param heir the name of a table that inherits from it on both sides; null: none
     */
    record Storage(
            @Nullable String partitionBy,
            List<Partition> partitions,
            List<Side> partitioned,
            @Nullable String heir) {

        /** An ordinary table. */
        static final Storage PLAIN = new Storage(null, List.of(), List.of(), null);

        boolean isPartitioned(Side side) {
            return partitionBy != null && partitioned.contains(side);
        }
    }

    /** A partition: its name and what follows its root's name in its declaration. */
    record Partition(String name, String bound) {}

    Column column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow();
    }

    /** The columns that a side has, in its order. */
    List<Column> columns(Side side) {
        Stream<Column> ordered =
                side == Side.SOURCE ? columns.stream() : targetOrder.stream().map(this::column);
        return ordered.filter(c -> c.on(side) != null).toList();
    }

    /** The primary key's columns; empty where there is none. */
    List<String> primaryKey() {
        return uniques.stream()
                .filter(u -> u.form() == UniqueIndex.Form.PRIMARY_KEY)
                .findFirst()
                .map(UniqueIndex::columns)
                .orElse(List.of());
    }

    /** The unique indexes of a side. */
    List<UniqueIndex> uniques(Side side) {
        return uniques.stream().filter(u -> u.sides().contains(side)).collect(Collectors.toList());
    }

    Optional<Entry> planned() {
        return Optional.ofNullable(entry);
    }

    Table with(List<Column> newColumns, List<ForeignKey> newForeignKeys, List<UniqueIndex> newUniques) {
        List<String> names = newColumns.stream().map(Column::name).toList();
        List<String> order = targetOrder.stream().filter(names::contains).toList();
        return new Table(name, newColumns, order, newForeignKeys, newUniques, storage, audited, entry);
    }

    Table with(Storage newStorage, Audited newAudited, @Nullable Entry newEntry) {
        return new Table(name, columns, targetOrder, foreignKeys, uniques, newStorage, newAudited, newEntry);
    }
}
