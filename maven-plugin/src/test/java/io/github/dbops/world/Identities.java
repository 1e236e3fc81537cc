package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives each natural key a number that both sides share, {@code e} being the list of keys; from parents to children, so
 * that a reference in a key stands there as the number of its parent's key.
 */
final class Identities {

    private final Contract contract;
    private final Scratch scratch;

    Identities(Contract contract, Scratch scratch) {
        this.contract = contract;
        this.scratch = scratch;
    }

    /** Numbers the keys of {@code s} and {@code t}, and finds what their references point at. */
    void number() {
        for (Rules rules : contract.byKeys()) {
            for (String copy : List.of(Copies.SOURCE, Copies.TARGET)) {
                rules.keyReferences().forEach(reference -> resolve(copy, rules, reference));
            }
            list(rules);
            identify(Copies.SOURCE, rules);
            identify(Copies.TARGET, rules);
        }
        resolveOthers(Copies.SOURCE);
        resolveOthers(Copies.TARGET);
    }

    /** Finds the keys' numbers and the references of another copy of the target; a key that is not listed has none. */
    void find(String copy) {
        for (Rules rules : contract.byKeys()) {
            rules.keyReferences().forEach(reference -> resolve(copy, rules, reference));
            identify(copy, rules);
        }
        resolveOthers(copy);
    }

    private void resolveOthers(String copy) {
        for (Rules rules : contract.byKeys()) {
            rules.translated().stream()
                    .filter(reference -> !rules.isInKey(reference))
                    .forEach(reference -> resolve(copy, rules, reference));
        }
    }

    /** A reference points at the row that the database's own foreign key finds; NULL in any column points nowhere. */
    private void resolve(String copy, Rules rules, ForeignKey reference) {
        int number = rules.number(reference);
        String child = Copies.of(copy, rules.table());
        String parent = Copies.of(copy, contract.rules(reference.parent()).table());
        String meets = IntStream.range(0, reference.columns().size())
                .mapToObj(i -> "c." + Identifier.quote(reference.columns().get(i)) + " = p."
                        + Identifier.quote(reference.parentColumns().get(i)))
                .collect(joining(" AND "));
        scratch.run("""
                UPDATE %1$s AS c
                SET _kind%2$d = CASE WHEN p._ent IS NULL THEN 'u' ELSE 'r' END, _ref%2$d = p._ent
                FROM %3$s AS p
                WHERE %4$s
                """.formatted(child, number, parent, meets));
    }

    /** The key's parts as columns of a copy: values, and numbers for references. */
    private static List<String> parts(Rules rules) {
        List<String> parts = new ArrayList<>();
        rules.keyValues().forEach(column -> parts.add(Identifier.quote(column)));
        rules.keyReferences().forEach(reference -> parts.add("_ref" + rules.number(reference)));
        return parts;
    }

    private void list(Rules rules) {
        List<String> parts = parts(rules);
        String names = IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i) + " AS k" + i)
                .collect(joining(", "));
        String complete = IntStream.range(0, parts.size())
                .mapToObj(i -> "k" + i + " IS NOT NULL")
                .collect(joining(" AND "));
        scratch.run("""
                CREATE TABLE %s AS
                SELECT row_number() OVER () AS _ent, key.*
                FROM (
                    SELECT DISTINCT * FROM (SELECT %s FROM %s UNION ALL SELECT %s FROM %s) AS both_sides WHERE %s
                ) AS key
                """.formatted(
                        Copies.of("e", rules.table()),
                        names,
                        Copies.of(Copies.SOURCE, rules.table()),
                        names,
                        Copies.of(Copies.TARGET, rules.table()),
                        complete));
    }

    private void identify(String copy, Rules rules) {
        List<String> parts = parts(rules);
        String meets = IntStream.range(0, parts.size())
                .mapToObj(i -> "x." + parts.get(i) + " = e.k" + i)
                .collect(joining(" AND "));
        scratch.run("UPDATE " + Copies.of(copy, rules.table()) + " AS x SET _ent = e._ent FROM "
                + Copies.of("e", rules.table()) + " AS e WHERE " + meets);
    }
}
