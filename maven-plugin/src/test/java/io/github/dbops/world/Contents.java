package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * What a target holds that an undo brings back: each row with the relation that holds it, in an order of their own.
 * Columns that a trigger sets with each write are left out, and so is the log that triggers write.
 *
 * @param rows one line for each row
 */
record Contents(List<String> rows) {

    Contents {
        rows = List.copyOf(rows);
    }

    /** The target as it is now. */
    static Contents of(World world, Scratch scratch) {
        List<String> rows = new ArrayList<>();
        for (Table table : world.tables()) {
            String columns = table.columns(Side.TARGET).stream()
                    .filter(column -> column.origin() != Column.Origin.TOUCHED)
                    .map(column -> "t." + Identifier.quote(column.name()))
                    .collect(joining(", "));
            rows.addAll(scratch.column("SELECT tableoid::regclass::text || ' ' || ROW(" + columns + ")::text FROM "
                    + Identifier.quote(world.target().schema()) + "." + Identifier.quote(table.name()) + " AS t"));
        }
        return new Contents(rows.stream().sorted().toList());
    }

    /** Rows that the other does not have, each as often as it is missing there. */
    List<String> without(Contents other) {
        List<String> more = new ArrayList<>(rows);
        other.rows.forEach(more::remove);
        return more;
    }
}
