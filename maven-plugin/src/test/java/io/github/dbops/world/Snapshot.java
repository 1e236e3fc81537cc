package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * What a side holds, dbops' own tables aside.
 *
 * @param rows one line for each: its place (partition or table, and ctid), which transaction wrote it, and its values
 * @param sequences name and state
 */
record Snapshot(List<Line> rows, List<String> sequences) {

    /** A row. */
    record Line(String place, String writer, String values) {}

    /** A side as it is now. */
    static Snapshot of(World world, Side side, Scratch scratch) {
        String schema = WorldScript.literal(world.place(side).schema());
        String tables =
                scratch.column("""
                        SELECT format('SELECT tableoid::regclass::text || '' '' || ctid::text, xmin::text, t::text FROM ONLY %%s AS t', oid::regclass)
                        FROM pg_class
                        WHERE relkind = 'r' AND relnamespace = %s::regnamespace
                        """.formatted(quotedForCatalog(schema))).stream().collect(joining(" UNION ALL "));
        List<Line> lines = new ArrayList<>();
        if (!tables.isEmpty()) {
            scratch.rows(tables + " ORDER BY 1")
                    .forEach(row -> lines.add(new Line(row.get(0), row.get(1), row.get(2))));
        }
        String sequences = scratch
                .column(
                        "SELECT format('SELECT %%L, last_value::text, is_called::text FROM %%s', oid::regclass, oid::regclass)"
                                        .replace("%%", "%")
                                + " FROM pg_class WHERE relkind = 'S' AND relnamespace = " + quotedForCatalog(schema)
                                + "::regnamespace")
                .stream()
                .collect(joining(" UNION ALL "));
        List<String> states = new ArrayList<>();
        if (!sequences.isEmpty()) {
            scratch.rows(sequences + " ORDER BY 1").forEach(row -> states.add(String.join(" ", row)));
        }
        return new Snapshot(lines, states);
    }

    private static String quotedForCatalog(String literal) {
        return "quote_ident(" + literal + ")";
    }
}
