package io.github.dbops.samples;

import io.github.dbops.samples.SampleTable.Column;
import io.github.dbops.samples.SampleTable.Origin;
import io.github.dbops.samples.SampleTable.Reference;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database's tables, parents first where their foreign keys have an order. */
final class SampleCatalog {

    private final Map<String, SampleTable> tables = new LinkedHashMap<>();

    /** Reads the tables of every schema that is not PostgreSQL's nor dbops' own; partitions count as part of their table. */
    SampleCatalog(Connection connection) throws SQLException {
        Map<String, SampleTable> read = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT c.oid, n.nspname, c.relname
                        FROM pg_class AS c
                        JOIN pg_namespace AS n ON n.oid = c.relnamespace
                        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
                          AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'dbops')
                        ORDER BY 2, 3
                        """);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                SampleTable table = table(connection, found.getLong(1), found.getString(2), found.getString(3));
                read.put(table.id(), table);
            }
        }
        read.keySet().stream().sorted().forEach(name -> place(name, read, new ArrayList<>()));
    }

    /** All tables, parents first. */
    List<SampleTable> tables() {
        return List.copyOf(tables.values());
    }

    /** The table of a name, {@code schema.table}. */
    SampleTable table(String id) {
        SampleTable table = tables.get(id);
        if (table == null) {
            throw new IllegalArgumentException("no table " + id + " among " + tables.keySet());
        }
        return table;
    }

    private void place(String id, Map<String, SampleTable> read, List<String> underway) {
        SampleTable table = read.get(id);
        if (table == null || tables.containsKey(id) || underway.contains(id)) {
            return;
        }
        underway.add(id);
        table.references().forEach(r -> place(r.parent(), read, underway));
        tables.put(id, table);
    }

    private static SampleTable table(Connection connection, long oid, String schema, String name) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        each(connection, oid, """
                SELECT i.indisprimary,
                       array(SELECT a.attname::text
                             FROM unnest(i.indkey) WITH ORDINALITY AS k (num, pos)
                             JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.num
                             WHERE k.pos <= i.indnkeyatts ORDER BY k.pos)
                FROM pg_index AS i
                WHERE i.indrelid = ? AND i.indisunique AND i.indexprs IS NULL
                ORDER BY i.indexrelid
                """, row -> {
            keys.add(texts(row.getArray(2)));
            if (row.getBoolean(1)) {
                primary.addAll(texts(row.getArray(2)));
            }
        });
        return new SampleTable(schema, name, columns(connection, oid), primary, keys, references(connection, oid));
    }

    private static List<Column> columns(Connection connection, long oid) throws SQLException {
        List<Column> columns = new ArrayList<>();
        each(
                connection,
                oid,
                """
                SELECT a.attname, format_type(a.atttypid, a.atttypmod), t.typcategory,
                       CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4
                            THEN a.atttypmod - 4 ELSE 1000 END,
                       NOT a.attnotnull, a.attgenerated <> '',
                       CASE WHEN a.attidentity = 'a' THEN 'SEQUENCE_ALWAYS'
                            WHEN a.attidentity = 'd' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'
                            THEN 'SEQUENCE' ELSE 'CLIENT' END
                FROM pg_attribute AS a
                JOIN pg_type AS t ON t.oid = a.atttypid
                LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
                """,
                row -> columns.add(new Column(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).charAt(0),
                        row.getInt(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        Origin.valueOf(row.getString(7)))));
        return columns;
    }

    private static List<Reference> references(Connection connection, long oid) throws SQLException {
        List<Reference> references = new ArrayList<>();
        each(
                connection,
                oid,
                """
                SELECT f.conname,
                       array(SELECT a.attname::text FROM unnest(f.conkey) WITH ORDINALITY AS k (num, pos)
                             JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = k.num ORDER BY k.pos),
                       n.nspname || '.' || p.relname,
                       array(SELECT a.attname::text FROM unnest(f.confkey) WITH ORDINALITY AS k (num, pos)
                             JOIN pg_attribute AS a ON a.attrelid = f.confrelid AND a.attnum = k.num ORDER BY k.pos),
                       pg_get_constraintdef(f.oid)
                FROM pg_constraint AS f
                JOIN pg_class AS p ON p.oid = f.confrelid
                JOIN pg_namespace AS n ON n.oid = p.relnamespace
                WHERE f.conrelid = ? AND f.contype = 'f' AND f.conparentid = 0
                ORDER BY f.conname
                """,
                row -> references.add(new Reference(
                        row.getString(1),
                        texts(row.getArray(2)),
                        row.getString(3),
                        texts(row.getArray(4)),
                        row.getString(5))));
        return references;
    }

    /** Takes a row of a result. */
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, long oid, String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }
}
