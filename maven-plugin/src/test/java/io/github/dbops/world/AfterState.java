package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the target after an apply ({@code a}) against what it must be ({@code f}), row by row of equal key. Ids that the
 * target made may be any; references must point at the right rows, whatever stands in their columns, and those of the key of a
 * row that is updated must stand there as before. Rows that are kept
 * are not looked at: whoever has a snapshot of them knows better.
 */
final class AfterState {

    private final Contract contract;
    private final Scratch scratch;

    AfterState(Contract contract, Scratch scratch) {
        this.contract = contract;
        this.scratch = scratch;
    }

    List<String> disagreements() {
        List<String> lines = new ArrayList<>();
        for (Rules rules : contract.written()) {
            String table = rules.table().name();
            long expected = scratch.number("SELECT count(*) FROM " + FinalState.f(rules));
            long found = scratch.number("SELECT count(*) FROM " + Copies.of(Copies.AFTER, rules.table()));
            if (expected != found) {
                lines.add(table + ": " + expected + " rows expected, " + found + " found");
            }
            scratch.rows("SELECT f::text FROM " + FinalState.f(rules)
                            + " AS f WHERE f._origin <> 'k' AND (SELECT count(*) FROM "
                            + Copies.of(Copies.AFTER, rules.table()) + " AS a WHERE a._ent = f._ent) <> 1")
                    .forEach(row -> lines.add(table + ": not there once: " + row.get(0)));
            rules.table().columns(Side.TARGET).forEach(column -> lines.addAll(disagreements(rules, column)));
        }
        return lines;
    }

    private List<String> disagreements(Rules rules, Column column) {
        String name = Identifier.quote(column.name());
        String exempt = isMade(rules, column) ? "f._origin <> 'i'" : "true";
        return scratch
                .rows("SELECT f._origin, f::text, exact(f." + name + "), exact(a." + name + ") FROM "
                        + FinalState.f(rules) + " AS f JOIN " + Copies.of(Copies.AFTER, rules.table())
                        + " AS a ON a._ent = f._ent WHERE f._origin <> 'k' AND " + exempt + " AND ("
                        + differs(rules, column.name()) + ")")
                .stream()
                .map(row -> rules.table().name() + "." + column.name() + ": expected " + row.get(2) + ", found "
                        + row.get(3) + ", in row (" + row.get(0) + ") " + row.get(1))
                .toList();
    }

    /** Whether the target makes an inserted row's value by a sequence or by chance. */
    private static boolean isMade(Rules rules, Column column) {
        boolean byChance = column.origin().isSequence() || column.origin() == Column.Origin.RANDOM_UUID;
        return byChance && !rules.inserted().contains(column.name());
    }

    private static String differs(Rules rules, String column) {
        String quoted = Identifier.quote(column);
        String asValue = "exact(f." + quoted + ") IS DISTINCT FROM exact(a." + quoted + ")";
        List<Integer> references = rules.translated().stream()
                .filter(reference -> reference.columns().contains(column))
                .map(rules::number)
                .toList();
        if (references.isEmpty()) {
            return asValue;
        }
        String points = references.stream().map(i -> "f._kind" + i + " = 'r'").collect(joining(" OR "));
        String elsewhere = references.stream()
                .map(i -> "f._kind" + i + " = 'r' AND (a._kind" + i + " <> 'r' OR a._ref" + i + " <> f._ref" + i + ")")
                .collect(joining(" OR "));
        boolean fixed = rules.key().contains(column) || rules.surrogates().contains(column);
        String kept = fixed ? "WHEN f._origin = 'u' THEN " + asValue + " " : "";
        return "CASE " + kept + "WHEN " + points + " THEN " + elsewhere + " ELSE " + asValue + " END";
    }
}
