package io.github.dbops.samples;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.samples.SampleTable.Column;
import io.github.dbops.samples.SampleTable.Origin;
import io.github.dbops.samples.SampleTable.Reference;
import io.github.dbops.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes of a copy what a production may have become: about half of the rows are gone, changed or new, and every id is
 * another. Rows go with all that refers to them; changed are facts and references outside the natural key; new rows have
 * natural keys that the source lacks. The same seed makes the same database.
 */
final class HalfChange {

    /** Of each table that others refer to, how many rows are taken away with all their children: one in so many. */
    private static final int GONE_PARENTS = 25;
    /** Of each other table: one in so many. */
    private static final int GONE_LEAVES = 5;
    /** Of each table, how many rows are added: one in so many. */
    private static final int NEW = 6;
    /** Of 256, how many rows get other facts, and how many get another parent. */
    private static final int OTHER_FACTS = 128;

    private static final int OTHER_PARENT = 12;

    private final Map<String, List<String>> keys;
    private final long seed;

    /**
     * A way to change a database.
     *
     * @param keys the natural keys of the tables to change, which all have a primary key
     * @param seed decides which rows, which facts, which ids
     */
    HalfChange(Map<String, List<String>> keys, long seed) {
        this.keys = keys;
        this.seed = seed;
    }

    /** Changes rows and ids. */
    void change(TestDatabase database) {
        Reshaping.of(database, (catalog, statement) -> {
            changeRows(catalog, statement);
            new Renumbering(keys, seed).renumber(catalog, statement);
        });
    }

    /** Changes rows; those that stay keep their ids, as in a production that was once copied whole. */
    void changeRowsOnly(TestDatabase database) {
        Reshaping.of(database, this::changeRows);
    }

    private void changeRows(SampleCatalog catalog, Statement statement) throws SQLException {
        List<SampleTable> planned =
                catalog.tables().stream().filter(t -> keys.containsKey(t.id())).toList();
        takeAway(catalog, planned, statement);
        for (SampleTable table : planned) {
            add(catalog, table, statement);
        }
        for (SampleTable table : planned) {
            change(catalog, table, statement);
        }
    }

    private void takeAway(SampleCatalog catalog, List<SampleTable> planned, Statement statement) throws SQLException {
        Map<String, String> gone = new LinkedHashMap<>();
        for (SampleTable table : catalog.tables()) {
            gone.put(table.id(), "gone" + gone.size());
            statement.execute("CREATE TEMP TABLE " + gone.get(table.id()) + " (id text PRIMARY KEY)");
        }
        for (SampleTable table : planned) {
            boolean isParent = catalog.tables().stream()
                    .flatMap(t -> t.references().stream())
                    .anyMatch(r -> r.parent().equals(table.id()));
            statement.execute("INSERT INTO " + gone.get(table.id()) + " SELECT " + table.rowId("t") + " FROM "
                    + table.sql() + " AS t ORDER BY " + dice(table, "t", "gone") + " LIMIT (SELECT count(*) / "
                    + (isParent ? GONE_PARENTS : GONE_LEAVES) + " FROM " + table.sql() + ")");
        }
        // Children of children, and round in cycles, until there are no more.
        long found = 1;
        while (found > 0) {
            found = 0;
            for (SampleTable child : catalog.tables()) {
                for (Reference reference : child.references()) {
                    SampleTable parent = catalog.table(reference.parent());
                    found += statement.executeUpdate("INSERT INTO " + gone.get(child.id()) + " SELECT "
                            + child.rowId("c") + " FROM " + child.sql() + " AS c JOIN " + parent.sql() + " AS p ON "
                            + reference.join("c", "p") + " WHERE " + parent.rowId("p") + " IN (SELECT id FROM "
                            + gone.get(parent.id()) + ") ON CONFLICT DO NOTHING");
                }
            }
        }
        for (SampleTable table : catalog.tables()) {
            statement.execute("DELETE FROM " + table.sql() + " AS t WHERE " + table.rowId("t") + " IN (SELECT id FROM "
                    + gone.get(table.id()) + ")");
            statement.execute("DROP TABLE " + gone.get(table.id()));
        }
    }

    /** Copies of rows under other keys; of a table whose key is nothing but references, other pairs. */
    private void add(SampleCatalog catalog, SampleTable table, Statement statement) throws SQLException {
        List<String> key = key(table);
        Optional<String> own = key.stream().filter(c -> !table.isReferring(c)).findFirst();
        Optional<Reference> swapped = own.isPresent()
                ? Optional.empty()
                : table.references().stream()
                        .filter(r -> r.columns().contains(key.get(key.size() - 1)))
                        .findFirst();
        Map<String, String> values = new LinkedHashMap<>();
        table.columns().stream()
                .filter(c -> !c.generated())
                .filter(c -> c.origin() == Origin.CLIENT || key.contains(c.name()))
                .forEach(c -> values.put(c.name(), "t." + c.sql()));
        table.columns().stream()
                .filter(c -> own.filter(c.name()::equals).isPresent() || isUnique(table, c))
                .forEach(c -> values.replace(c.name(), OtherValues.absent(table, c, "dbops_row")));
        swapped.ifPresent(r ->
                r.columns().forEach(c -> values.put(c, "ring.next" + r.columns().indexOf(c))));
        leaveOutBroken(table, values, swapped);
        statement.execute("INSERT INTO " + table.sql() + " ("
                + values.keySet().stream().map(Identifier::quote).collect(Collectors.joining(", ")) + ") SELECT "
                + String.join(", ", values.values()) + " FROM (SELECT t.*, row_number() OVER (ORDER BY "
                + dice(table, "t", "new") + ") AS dbops_row FROM " + table.sql() + " AS t) AS t"
                + swapped.map(r -> " JOIN " + ring(catalog, r) + " ON " + r.join("t", "ring"))
                        .orElse("")
                + " WHERE dbops_row <= (SELECT ceil(count(*) / " + NEW + ".0) FROM " + table.sql() + ")"
                + " AND NOT EXISTS (SELECT FROM " + table.sql() + " AS twin WHERE "
                + key.stream()
                        .map(c -> "twin." + Identifier.quote(c) + " = " + values.get(c))
                        .collect(Collectors.joining(" AND "))
                + ") ORDER BY dbops_row");
    }

    /** A reference that has a new row's own new id in it, as in (id, main_account), can lead nowhere yet. */
    private static void leaveOutBroken(SampleTable table, Map<String, String> values, Optional<Reference> swapped) {
        for (Reference reference : table.references()) {
            boolean broken = swapped.filter(reference::equals).isEmpty()
                    && reference.columns().stream().anyMatch(c -> !("t." + Identifier.quote(c)).equals(values.get(c)));
            if (broken) {
                reference.columns().stream()
                        .filter(c -> table.column(c).nullable() && values.containsKey(c))
                        .forEach(c -> values.put(c, "NULL"));
            }
        }
    }

    private List<String> key(SampleTable table) {
        return keys.getOrDefault(table.id(), List.of());
    }

    /** Whether a copy of a row must not have the row's value: it is unique by itself, or an id within something. */
    private boolean isUnique(SampleTable table, Column column) {
        boolean isNumber = table.primaryKey().contains(column.name())
                && column.isInteger()
                && !key(table).contains(column.name());
        return !table.isReferring(column.name())
                && (isNumber || table.uniqueKeys().contains(List.of(column.name())));
    }

    private void change(SampleCatalog catalog, SampleTable table, Statement statement) throws SQLException {
        for (Column column : table.columns()) {
            String other = OtherValues.differing(column);
            boolean fixed = table.isReferring(column.name())
                    || table.primaryKey().contains(column.name())
                    || table.uniqueKeys().stream().anyMatch(k -> k.contains(column.name()))
                    || key(table).contains(column.name());
            if (!fixed && !column.generated() && !other.isEmpty()) {
                statement.execute("UPDATE " + table.sql() + " AS t SET " + column.sql() + " = " + other + " WHERE "
                        + isDrawn(table, "facts", OTHER_FACTS) + " AND "
                        + isDrawn(table, "facts of " + column.name(), 128));
            }
        }
        for (Reference reference : table.references()) {
            if (isFree(table, reference)) {
                String changes = reference.columns().stream()
                        .map(c -> Identifier.quote(c) + " = ring.next"
                                + reference.columns().indexOf(c))
                        .collect(Collectors.joining(", "));
                statement.execute("UPDATE " + table.sql() + " AS t SET " + changes + " FROM "
                        + ring(catalog, reference) + " WHERE " + reference.join("t", "ring") + " AND "
                        + isDrawn(table, "parent by " + reference.constraint(), OTHER_PARENT));
            }
        }
    }

    /** Whether a reference can lead elsewhere without another key or reference being changed by it. */
    private boolean isFree(SampleTable table, Reference reference) {
        return reference.columns().stream()
                .noneMatch(c -> table.primaryKey().contains(c)
                        || key(table).contains(c)
                        || table.uniqueKeys().stream().anyMatch(k -> k.contains(c))
                        || table.references().stream()
                                .anyMatch(r -> r != reference && r.columns().contains(c)));
    }

    /** Each parent with the next one, as a derived table {@code ring}. */
    private String ring(SampleCatalog catalog, Reference reference) {
        SampleTable parent = catalog.table(reference.parent());
        List<String> columns = new ArrayList<>();
        for (String column : reference.parentColumns()) {
            String name = "p." + Identifier.quote(column);
            columns.add(name);
            columns.add("coalesce(lead(" + name + ") OVER around, first_value(" + name + ") OVER around) AS next"
                    + reference.parentColumns().indexOf(column));
        }
        return "(SELECT " + String.join(", ", columns) + " FROM " + parent.sql() + " AS p WINDOW around AS (ORDER BY "
                + dice(parent, "p", "ring") + ")) AS ring";
    }

    private String isDrawn(SampleTable table, String purpose, int of256) {
        return "get_byte(decode(" + dice(table, "t", purpose) + ", 'hex'), 0) < " + of256;
    }

    /** A hash of a row's id, other for each seed and purpose, the same on every server. */
    private String dice(SampleTable table, String alias, String purpose) {
        return "md5('" + seed + " " + (table.id() + " " + purpose).replace("'", "''") + "' || " + table.rowId(alias)
                + ")";
    }
}
