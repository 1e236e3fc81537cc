package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.KeyJoins;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks the target which natural keys it has, many at once, and remembers the last answers. */
final class ParentLookup {

    private static final int REMEMBERED = 20_000;

    private final Sides sides;
    private final Map<QualifiedName, Map<List<String>, Boolean>> answers = new HashMap<>();

    ParentLookup(Sides sides) {
        this.sides = sides;
    }

    /** Forgets answers where they have become many; before a batch of questions, never within one. */
    void trim() {
        answers.values().removeIf(known -> known.size() > REMEMBERED);
    }

    /** Asks for those that are not known yet. */
    void look(NaturalKey parent, Collection<List<String>> keys) {
        Map<List<String>, Boolean> known = answers.computeIfAbsent(parent.name(), name -> new HashMap<>());
        List<List<String>> open =
                keys.stream().filter(key -> !known.containsKey(key)).toList();
        if (open.isEmpty()) {
            return;
        }
        open.forEach(key -> known.put(key, false));
        Session target = sides.session(Side.TARGET);
        target.query(query(parent), row -> known.put(open.get(row.getInt(1) - 1), true), columns(parent, open));
    }

    /** Whether the target has the row; it must have been looked for. */
    boolean isThere(NaturalKey parent, List<String> key) {
        return answers.getOrDefault(parent.name(), Map.of()).getOrDefault(key, false);
    }

    private static Object[] columns(NaturalKey parent, List<List<String>> keys) {
        List<Object> columns = new ArrayList<>();
        for (int i = 0; i < parent.leaves().size(); i++) {
            int column = i;
            columns.add(keys.stream().map(key -> key.get(column)).toList());
        }
        return columns.toArray();
    }

    private static String query(NaturalKey parent) {
        List<Leaf> leaves = parent.leaves();
        List<String> values = IntStream.range(0, leaves.size())
                .mapToObj(i ->
                        CanonicalKey.value("n.x" + i, leaves.get(i).column().type()))
                .toList();
        KeyJoins joins = new KeyJoins("k");
        String row = joins.row(parent, values);
        return """
                SELECT n.i::int
                FROM unnest(%s) WITH ORDINALITY AS n(%s, i)%s
                WHERE %s IS NOT NULL""".formatted(
                        leaves.stream().map(leaf -> "?::text[]").collect(Collectors.joining(", ")),
                        IntStream.range(0, leaves.size()).mapToObj(i -> "x" + i).collect(Collectors.joining(", ")),
                        joins.sql(),
                        Joins.column(row, parent.planned().key().get(0)));
    }
}
