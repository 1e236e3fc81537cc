package io.github.dbops.sync.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A random small situation, and what must come of it by a definition that shares nothing with the product: two tables,
 * parent and child, on two sides; eight keys, three values, NULLs; a mode and a policy for each table.
 *
 * @param composite whether the parent's key has two columns
 * @param rules one rule for parent and child
 * @param source parent's rows, then child's
 * @param target the same
 */
record SmallWorld(
        boolean composite,
        List<Rule> rules,
        List<SortedMap<String, List<@Nullable String>>> source,
        List<SortedMap<String, List<@Nullable String>>> target) {

    static final List<String> TABLES = List.of("parent", "child");
    private static final List<String> KEYS = List.of("a", "A", "a ", "", "ä", "10", "9", "'\"\\");

    /** What the plan says of a table. */
    enum Rule {
        APPEND("append", "prod_wins"),
        PROD_WINS("upsert", "prod_wins"),
        LOCAL_WINS("upsert", "local_wins"),
        ERROR_ON_CONFLICT("upsert", "error_on_conflict");

        private final String mode;
        private final String onConflict;

        Rule(String mode, String onConflict) {
            this.mode = mode;
            this.onConflict = onConflict;
        }
    }

    static SmallWorld random(Random random) {
        boolean composite = random.nextInt(3) == 0;
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            // Mostly rules that let a run go on, or little would be seen of what it does.
            rules.add(Rule.values()[random.nextInt(10) == 0 ? 3 : random.nextInt(3)]);
        }
        List<SortedMap<String, List<@Nullable String>>> source = side(random);
        return new SmallWorld(composite, rules, source, random.nextInt(8) == 0 ? source : side(random));
    }

    private static List<SortedMap<String, List<@Nullable String>>> side(Random random) {
        SortedMap<String, List<@Nullable String>> parents = new TreeMap<>();
        SortedMap<String, List<@Nullable String>> children = new TreeMap<>();
        for (String key : KEYS) {
            if (random.nextBoolean()) {
                parents.put(key, Arrays.asList(value(random), value(random)));
            }
        }
        List<String> known = new ArrayList<>(parents.keySet());
        for (String key : KEYS) {
            if (random.nextBoolean()) {
                String parent =
                        known.isEmpty() || random.nextInt(3) == 0 ? null : known.get(random.nextInt(known.size()));
                children.put(key, Arrays.asList(parent, value(random)));
            }
        }
        return List.of(parents, children);
    }

    private static @Nullable String value(Random random) {
        return Arrays.asList(null, "", "x").get(random.nextInt(3));
    }

    String schema() {
        return composite ? """
                  CREATE TABLE parent (a text, b int DEFAULT 7, v text, w text, PRIMARY KEY (b, a));
                  CREATE TABLE child (k text PRIMARY KEY, parent text, b int DEFAULT 7, v text,
                                      FOREIGN KEY (parent, b) REFERENCES parent (a, b));
                  """ : """
                  CREATE TABLE parent (a text PRIMARY KEY, v text, w text);
                  CREATE TABLE child (k text PRIMARY KEY, parent text REFERENCES parent, v text);
                  """;
    }

    String plan() {
        return """
                {"tables": [
                  {"name": "child", "key": ["k"], "mode": "%s", "onConflict": "%s"},
                  {"name": "parent", "key": %s, "mode": "%s", "onConflict": "%s"}]}
                """.formatted(
                        rules.get(1).mode,
                        rules.get(1).onConflict,
                        composite ? "[\"a\", \"b\"]" : "[\"a\"]",
                        rules.get(0).mode,
                        rules.get(0).onConflict);
    }

    /** Statements that put a side's rows in, in random order. */
    static String inserts(List<SortedMap<String, List<@Nullable String>>> side, Random random) {
        List<String> statements = new ArrayList<>();
        for (int table = 0; table < 2; table++) {
            String columns = table == 0 ? "parent (a, v, w)" : "child (k, parent, v)";
            List<String> rows = new ArrayList<>();
            side.get(table)
                    .forEach((key, row) -> rows.add("INSERT INTO " + columns + " VALUES (" + literal(key) + ", "
                            + row.stream().map(SmallWorld::literal).collect(Collectors.joining(", ")) + ")"));
            Collections.shuffle(rows, random);
            statements.addAll(rows);
        }
        return statements.isEmpty() ? "SELECT" : String.join(";", statements);
    }

    private static String literal(@Nullable String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    /** The query whose rows are key, then values, of a table. */
    static String query(int table) {
        return table == 0 ? "SELECT a, v, w FROM parent" : "SELECT k, parent, v FROM child";
    }

    long inserted(int table) {
        return source.get(table).keySet().stream()
                .filter(k -> !target.get(table).containsKey(k))
                .count();
    }

    long conflicts(int table) {
        return source.get(table).size() - inserted(table);
    }

    long different(int table) {
        return source.get(table).entrySet().stream()
                .filter(e -> target.get(table).containsKey(e.getKey()))
                .filter(e -> !Objects.equals(e.getValue(), target.get(table).get(e.getKey())))
                .count();
    }

    long updated(int table) {
        return rules.get(table) == Rule.LOCAL_WINS ? different(table) : 0;
    }

    long onlyInTarget(int table) {
        return target.get(table).size() - conflicts(table);
    }

    boolean refused() {
        return (rules.get(0) == Rule.ERROR_ON_CONFLICT && conflicts(0) > 0)
                || (rules.get(1) == Rule.ERROR_ON_CONFLICT && conflicts(1) > 0);
    }

    /** The target's rows of a table after an apply. */
    SortedMap<String, List<@Nullable String>> after(int table) {
        SortedMap<String, List<@Nullable String>> rows = new TreeMap<>(target.get(table));
        source.get(table).forEach((key, row) -> {
            if (rules.get(table) == Rule.LOCAL_WINS) {
                rows.put(key, row);
            } else {
                rows.putIfAbsent(key, row);
            }
        });
        return rows;
    }
}
