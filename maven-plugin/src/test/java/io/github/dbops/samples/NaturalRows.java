package io.github.dbops.samples;

import io.github.dbops.samples.SampleTable.Column;
import io.github.dbops.samples.SampleTable.Reference;
import io.github.dbops.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of a plan's tables, told without ids: each reference is the parent's natural key, to any depth. Two
 * databases hold the same facts if and only if these are equal. Plain SQL; of the product nothing is used.
 */
public final class NaturalRows {

    /**
     * One row.
     *
     * @param facts all its columns as JSON, ids as the natural keys of what they name
     * @param id its primary key, which a sync never changes
     */
    public record Row(String facts, String id) {}

    private final SampleCatalog catalog;
    private final Map<String, List<String>> keys;
    private final Set<String> ids;
    private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();

    /**
     * Reads them in one snapshot.
     *
     * @param keys the natural key of each table that counts, as {@link SamplePlan#keys}
     * @throws IllegalStateException where two rows share a natural key: then it is none
     */
    public NaturalRows(TestDatabase database, Map<String, List<String>> keys) {
        this.keys = keys;
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET LOCAL TimeZone = 'UTC'");
            catalog = new SampleCatalog(connection);
            ids = ids();
            for (String name : keys.keySet()) {
                rows.put(name, read(statement, catalog.table(name)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tables, in the plan's order. */
    public List<String> tables() {
        return List.copyOf(rows.keySet());
    }

    /** A table's rows by natural key, a JSON text. */
    public Map<String, Row> rows(String table) {
        return rows.getOrDefault(table, Map.of());
    }

    private Map<String, Row> read(Statement statement, SampleTable table) throws SQLException {
        Map<String, Row> read = new TreeMap<>();
        String sql = "SELECT " + key(table, "t", 0) + "::text, " + facts(table) + "::text, " + table.rowId("t")
                + " FROM " + table.sql() + " AS t";
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                Row twin = read.put(result.getString(1), new Row(result.getString(2), result.getString(3)));
                if (twin != null) {
                    throw new IllegalStateException(
                            "two rows of " + table.id() + " have the natural key " + result.getString(1));
                }
            }
        }
        return read;
    }

    private String key(SampleTable table, String alias, int depth) {
        if (depth > 20) {
            throw new IllegalStateException("the natural key of " + table.id() + " leads back to itself");
        }
        return object(table, natural(table), alias, depth);
    }

    private String facts(SampleTable table) {
        List<String> columns = table.columns().stream()
                .filter(c -> !c.generated())
                .map(Column::name)
                .toList();
        return object(table, columns, "t", 0);
    }

    /** Some columns as a JSON object: references as the parents' keys, ids not at all, everything else as it is. */
    private String object(SampleTable table, List<String> columns, String alias, int depth) {
        List<String> members = new ArrayList<>();
        for (String column : columns) {
            if (!isId(table, column)) {
                members.add(literal(column) + ", " + alias + "."
                        + table.column(column).sql());
            }
        }
        for (Reference reference : table.references()) {
            boolean namesIds = reference.columns().stream().anyMatch(c -> isId(table, c));
            if (namesIds && columns.containsAll(reference.columns())) {
                members.add(literal(String.join(", ", reference.columns())) + ", "
                        + parentKey(reference, alias, depth + 1));
            }
        }
        return "jsonb_build_object(" + String.join(", ", members) + ")";
    }

    private String parentKey(Reference reference, String child, int depth) {
        SampleTable parent = catalog.table(reference.parent());
        String alias = "p" + depth;
        return "(SELECT " + key(parent, alias, depth) + " FROM " + parent.sql() + " AS " + alias + " WHERE "
                + reference.join(child, alias) + ")";
    }

    private List<String> natural(SampleTable table) {
        return keys.getOrDefault(table.id(), List.of());
    }

    /** Columns whose values mean nothing in another database: surrogates, and what refers to them, through any table. */
    private Set<String> ids() {
        Set<String> found = new HashSet<>();
        for (SampleTable table : catalog.tables()) {
            table.primaryKey().stream()
                    .filter(c -> !natural(table).contains(c))
                    .forEach(c -> found.add(table.id() + "." + c));
        }
        for (int before = -1; before < found.size(); ) {
            before = found.size();
            for (SampleTable table : catalog.tables()) {
                for (Reference reference : table.references()) {
                    for (int i = 0; i < reference.columns().size(); i++) {
                        if (keys.containsKey(reference.parent())
                                && found.contains(reference.parent() + "."
                                        + reference.parentColumns().get(i))) {
                            found.add(table.id() + "." + reference.columns().get(i));
                        }
                    }
                }
            }
        }
        return found;
    }

    private boolean isId(SampleTable table, String column) {
        return ids.contains(table.id() + "." + column);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** How many rows each table has. */
    @Override
    public String toString() {
        return rows.entrySet().stream()
                .map(t -> t.getKey() + " " + t.getValue().size())
                .collect(Collectors.joining(", "));
    }
}
