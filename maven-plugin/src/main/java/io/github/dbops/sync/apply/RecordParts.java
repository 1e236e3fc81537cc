package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.Hashing;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * SQL that packs many recorded rows into each row of the record: their keys {@code k0}, {@code k1}…, hashes {@code h} and
 * former values {@code f0}, {@code f1}…; and counts those of which {@code held} is true.
 *
 * @param hashing what the hashes are
 * @param keys how many key columns there are
 * @param columns how many columns have former values
 * @param checked whether the rows have {@code held}
 */
record RecordParts(Hashing hashing, int keys, int columns, boolean checked) {

    // A part ends after a thousand rows, or where it has grown to a megabyte.
    private static final int ROWS = 1000;
    private static final int SIZE = 1 << 20;
    private static final int LEAST_ROW_SIZE = SIZE / ROWS;

    /** Rows of longer keys are not packed by pages: a page may hold three hundred, and keys much longer than itself. */
    static final int LONGEST_KEY = LEAST_ROW_SIZE;

    // Only of heap it is known that it can be read from one page to another.
    private static final String PAGES = """
            SELECT greatest(1, pg_relation_size(c.oid) / current_setting('block_size')::bigint * ? / ?)
            FROM pg_class AS c
            JOIN pg_am AS a ON a.oid = c.relam
            WHERE c.oid = ?::oid AND a.amname = 'heap'
            """;

    /** The rows of any query, in its order. */
    String of(String rows) {
        String size = Stream.concat(names("k", keys), names("f", columns))
                .map(text -> " + coalesce(octet_length(" + text + "), 0)")
                .collect(Collectors.joining("", Integer.toString(LEAST_ROW_SIZE), ""));
        return """
                SELECT %s
                FROM (SELECT *, sum(%s) OVER (ROWS UNBOUNDED PRECEDING) / %d AS part
                      FROM (%s OFFSET 0) AS texts) AS divided
                GROUP BY part
                ORDER BY part
                """.formatted(packed(), size, SIZE, rows);
    }

    /** How many pages of a table make a part; empty where its rows cannot be read so. */
    static OptionalLong pages(Session target, Table table, long rows) {
        return target.query(PAGES, row -> row.getLong(1), ROWS, rows, table.oid()).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /**
     * All rows of a table, page by page: the server neither numbers them nor gathers them by number, which takes as long as
     * hashing them.
     *
     * @param rows a query of a table {@code t}, without conditions
     * @param pages how many make a part
     */
    String of(String rows, Table table, long pages) {
        return """
                SELECT packed.*
                FROM generate_series(0, pg_relation_size(%d) / current_setting('block_size')::bigint, %d) AS page,
                     LATERAL (SELECT %s
                              FROM (%s WHERE t.ctid >= format('(%%s,0)', page)::tid AND t.ctid < format('(%%s,0)', page + %d)::tid
                                    OFFSET 0) AS texts) AS packed
                WHERE row_count > 0
                """.formatted(table.oid(), pages, packed(), rows, pages);
    }

    // A key column's values make one line of "keys", a column's former values one of "former".
    private String packed() {
        return "count(*) AS row_count, %s AS keys, array_agg(h) AS hashes, %s AS former, sum(%s) AS total, %s AS held"
                .formatted(
                        lines("k", keys),
                        columns == 0 ? "NULL::text[]" : lines("f", columns),
                        hashing.summable("h"),
                        checked ? "count(*) FILTER (WHERE held)" : "0::bigint");
    }

    private static String lines(String prefix, int count) {
        return names(prefix, count)
                .map(name -> "array_agg(" + name + ")")
                .collect(Collectors.joining(", ", "ARRAY[", "]"));
    }

    private static Stream<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i);
    }
}
