package io.github.dbops.samples;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.samples.SampleTable.Reference;
import io.github.dbops.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives every row another row's id: the ids of a table stay the same numbers and mean other rows, and all that refers to
 * them follows, composite foreign keys and their children too. The facts stay what they are.
 */
final class Renumbering {

    /** A column, by its table. */
    private record Place(String table, String column) {}

    private final Map<String, List<String>> keys;
    private final long seed;

    /**
     * A way to renumber.
     *
     * @param keys the natural keys of tables; numbers that are part of one stay
     * @param seed decides who gets which id
     */
    Renumbering(Map<String, List<String>> keys, long seed) {
        this.keys = keys;
        this.seed = seed;
    }

    /** Renumbers a database. */
    void renumber(TestDatabase database) {
        Reshaping.of(database, this::renumber);
    }

    /** Renumbers within a reshaping. */
    void renumber(SampleCatalog catalog, Statement statement) throws SQLException {
        for (Set<Place> places : places(catalog)) {
            renumber(catalog, places, statement);
        }
    }

    /** Columns that hold the same ids: those of a table and all that refer to them, directly or through others. */
    private List<Set<Place>> places(SampleCatalog catalog) {
        Map<Place, Set<Place>> connected = new LinkedHashMap<>();
        for (SampleTable table : catalog.tables()) {
            for (Reference reference : table.references()) {
                for (int i = 0; i < reference.columns().size(); i++) {
                    connect(
                            new Place(table.id(), reference.columns().get(i)),
                            new Place(
                                    reference.parent(),
                                    reference.parentColumns().get(i)),
                            connected);
                }
            }
        }
        List<Set<Place>> all = new ArrayList<>();
        for (SampleTable table : catalog.tables()) {
            for (String column : table.primaryKey()) {
                Place place = new Place(table.id(), column);
                Set<Place> places = connected.getOrDefault(place, Set.of(place));
                if (table.column(column).isInteger()
                        && !isFact(table, column)
                        && places.stream().noneMatch(p -> isFact(catalog.table(p.table()), p.column()))
                        && !all.contains(places)) {
                    all.add(places);
                }
            }
        }
        return all;
    }

    /** Whether a column is a part of a natural key of its own, and not by naming a parent. */
    private boolean isFact(SampleTable table, String column) {
        return keys.getOrDefault(table.id(), List.of()).contains(column) && !table.isReferring(column);
    }

    private static void connect(Place one, Place other, Map<Place, Set<Place>> connected) {
        Set<Place> both = new LinkedHashSet<>();
        both.addAll(connected.getOrDefault(one, Set.of(one)));
        both.addAll(connected.getOrDefault(other, Set.of(other)));
        both.forEach(place -> connected.put(place, both));
    }

    private void renumber(SampleCatalog catalog, Set<Place> places, Statement statement) throws SQLException {
        String numbers = places.stream()
                .map(p -> "SELECT " + Identifier.quote(p.column()) + " AS id FROM "
                        + catalog.table(p.table()).sql())
                .collect(Collectors.joining(" UNION "));
        statement.execute("CREATE TEMP TABLE renumbered AS\n" + """
                SELECT before.id AS before, after.id AS after
                FROM (SELECT id, row_number() OVER (ORDER BY id) AS rank
                      FROM (%1$s) AS numbers WHERE id IS NOT NULL) AS before
                JOIN (SELECT id, row_number() OVER (ORDER BY md5('%2$d ' || id)) AS rank
                      FROM (%1$s) AS numbers WHERE id IS NOT NULL) AS after USING (rank)
                """.formatted(numbers, seed));
        statement.execute("ALTER TABLE renumbered ADD PRIMARY KEY (before)");
        statement.execute("ALTER TABLE renumbered ADD CHECK (after > 0)");
        for (Place place : places) {
            String table = catalog.table(place.table()).sql();
            String column = Identifier.quote(place.column());
            // By way of negative numbers, since a unique index looks at each row at once.
            statement.execute("UPDATE " + table + " AS t SET " + column + " = -r.after FROM renumbered AS r WHERE t."
                    + column + " = r.before");
            statement.execute("UPDATE " + table + " SET " + column + " = -" + column + " WHERE " + column + " < 0");
        }
        statement.execute("DROP TABLE renumbered");
    }
}
