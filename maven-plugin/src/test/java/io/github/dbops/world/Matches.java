package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.sync.Counts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which source row meets which target row, and what becomes of it: {@code m} has a row for each source row that
 * {@code where} lets through, with the target's row of the same key, whether they differ, what is to be done
 * ({@code insert}, {@code update}, {@code nothing}), and whether it is blocked.
 */
final class Matches {

    private final Contract contract;
    private final Scratch scratch;

    Matches(Contract contract, Scratch scratch) {
        this.contract = contract;
        this.scratch = scratch;
    }

    /** Fills {@code m} for every table that may be written. */
    void find() {
        contract.written().forEach(this::match);
        block();
    }

    private void match(Rules rules) {
        scratch.run("""
                CREATE TABLE %s AS
                SELECT s._row AS _s, t._row AS _t, s._ent,
                    t._row IS NOT NULL AND (%s) AS _differs,
                    CASE WHEN t._row IS NULL THEN 'insert' WHEN %s AND (%s) THEN 'update' ELSE 'nothing' END AS _action,
                    false AS _blocked
                FROM %s AS s LEFT JOIN %s AS t ON t._ent = s._ent
                WHERE s._in
                """.formatted(
                        m(rules),
                        differs(rules),
                        rules.entry().updates(),
                        differs(rules),
                        Copies.of(Copies.SOURCE, rules.table()),
                        Copies.of(Copies.TARGET, rules.table())));
    }

    static String m(Rules rules) {
        return Copies.of("m", rules.table());
    }

    private static String differs(Rules rules) {
        Stream<String> values = rules.comparedValues().stream().map(Matches::valueDiffers);
        Stream<String> references =
                rules.comparedReferences().stream().map(reference -> referenceDiffers(rules, reference));
        return Stream.concat(Stream.of("false"), Stream.concat(values, references))
                .collect(joining(" OR "));
    }

    private static String valueDiffers(String column) {
        String quoted = Identifier.quote(column);
        return "exact(s." + quoted + ") IS DISTINCT FROM exact(t." + quoted + ")";
    }

    /** Both point at rows of one key, or both point nowhere and their columns are equal as values. */
    private static String referenceDiffers(Rules rules, ForeignKey reference) {
        int number = rules.number(reference);
        Set<String> elsewhere = new HashSet<>(rules.key());
        rules.translated().stream()
                .filter(other -> !other.equals(reference))
                .forEach(other -> elsewhere.addAll(other.columns()));
        String sameValues = Stream.concat(
                        Stream.of("true"),
                        Rules.without(reference.columns(), elsewhere).stream()
                                .map(c -> "NOT " + "(" + valueDiffers(c) + ")"))
                .collect(joining(" AND "));
        return """
                NOT (s._kind%1$d = 'r' AND t._kind%1$d = 'r' AND s._ref%1$d = t._ref%1$d
                    OR s._kind%1$d = 'n' AND t._kind%1$d = 'n' AND %2$s)
                """.formatted(number, sameValues);
    }

    /** Blocks rows whose parent is missing, then rows whose parent is blocked, until there are none more. */
    private void block() {
        int blocked;
        do {
            blocked = 0;
            for (Rules rules : contract.written()) {
                for (ForeignKey reference : rules.insertedReferences()) {
                    blocked += block(rules, reference);
                }
            }
        } while (blocked > 0);
    }

    private int block(Rules rules, ForeignKey reference) {
        Rules parent = contract.rules(reference.parent());
        String actions = rules.comparedReferences().contains(reference) ? "'insert', 'update'" : "'insert'";
        String inserted = parent.isWritten()
                ? "EXISTS (SELECT FROM " + m(parent) + " AS p WHERE p._ent = s._ref" + rules.number(reference)
                        + " AND p._action = 'insert' AND NOT p._blocked)"
                : "false";
        return scratch.change("""
                UPDATE %1$s AS m SET _blocked = true
                FROM %2$s AS s
                WHERE s._row = m._s AND NOT m._blocked AND m._action IN (%3$s)
                    AND (s._kind%4$d = 'u'
                        OR s._kind%4$d = 'r'
                            AND NOT EXISTS (SELECT FROM %5$s AS p WHERE p._ent = s._ref%4$d)
                            AND NOT %6$s)
                """.formatted(
                        m(rules),
                        Copies.of(Copies.SOURCE, rules.table()),
                        actions,
                        rules.number(reference),
                        Copies.of(Copies.TARGET, parent.table()),
                        inserted));
    }

    /** A table's counts; all 0 where it is skipped. */
    Counts counts(Rules rules) {
        if (!rules.isWritten()) {
            return Counts.NONE;
        }
        String target = Copies.of(Copies.TARGET, rules.table());
        List<String> questions = new ArrayList<>();
        questions.add("count(*)");
        questions.add("(SELECT count(*) FROM " + target + ")");
        questions.add("count(*) FILTER (WHERE _action = 'insert' AND NOT _blocked)");
        questions.add("count(*) FILTER (WHERE _action = 'update' AND NOT _blocked)");
        questions.add("count(*) FILTER (WHERE _t IS NOT NULL)");
        questions.add("count(*) FILTER (WHERE _t IS NOT NULL AND NOT _differs)");
        questions.add("count(*) FILTER (WHERE _differs)");
        questions.add("(SELECT count(*) FROM " + target + " AS t WHERE NOT EXISTS (SELECT FROM " + m(rules)
                + " AS m WHERE m._t = t._row))");
        questions.add("count(*) FILTER (WHERE _blocked)");
        questions.add("(SELECT count(*) FROM (SELECT _ent FROM " + m(rules)
                + " WHERE _ent IS NOT NULL GROUP BY _ent HAVING count(DISTINCT _s) > 1) AS groups)");
        List<String> n = scratch.rows("SELECT " + String.join(", ", questions) + " FROM " + m(rules))
                .get(0);
        return new Counts(
                at(n, 0), at(n, 1), at(n, 2), at(n, 3), at(n, 4), at(n, 5), at(n, 6), at(n, 7), at(n, 8), at(n, 9), 0,
                0);
    }

    private static long at(List<String> numbers, int index) {
        return Long.parseLong(numbers.get(index));
    }
}
