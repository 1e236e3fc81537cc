package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Why a run must or may be refused, seen from the rows. */
final class Findings {

    private final Contract contract;
    private final Scratch scratch;
    private final Copies copies;
    private final Map<String, Counts> counts;
    private final Set<Reason> refused = Reason.none();
    private final Set<Reason> mayBeRefused = Reason.none();
    private final Set<Reason> applyRefused = Reason.none();

    Findings(Contract contract, Scratch scratch, Copies copies, Map<String, Counts> counts) {
        this.contract = contract;
        this.scratch = scratch;
        this.copies = copies;
        this.counts = counts;
    }

    Expectation expectation() {
        mayBeRefused.addAll(contract.possibleRefusals());
        contract.written().forEach(this::lookAtKeys);
        // Without one row for each key nothing can be said of the rows to write.
        Set<Reason> sink = refused.isEmpty() ? refused : mayBeRefused;
        for (Rules rules : contract.written()) {
            Counts count = counts.getOrDefault(rules.table().name(), Counts.NONE);
            if (rules.entry().onConflict() == OnConflict.ERROR_ON_CONFLICT
                    && rules.entry().mode() == Mode.UPSERT
                    && count.conflicts() > 0) {
                sink.add(Reason.CONFLICT);
            }
            if (count.hasChanges()) {
                rules.table().uniques(Side.TARGET).stream()
                        .filter(unique -> collides(rules, unique))
                        .forEach(unique -> addCollision(rules, unique, sink));
            }
            if (count.blocked() > 0) {
                applyRefused.add(Reason.BLOCKED);
                mayBeRefused.add(Reason.COLLISION);
            }
            if (count.hasChanges()) {
                lookAtWrites(rules);
            }
        }
        return new Expectation(counts, refused, mayBeRefused, applyRefused, Set.of());
    }

    private void lookAtKeys(Rules rules) {
        if (copies.holdsInexactValue(rules)) {
            refused.add(Reason.INEXACT);
        }
        String anyNull = rules.key().stream()
                .map(column -> Identifier.quote(column) + " IS NULL")
                .collect(joining(" OR "));
        String source = Copies.of(Copies.SOURCE, rules.table());
        // A key that leads to a row without one has no identity either.
        if (scratch.finds("SELECT FROM " + source + " WHERE _in AND (_ent IS NULL OR " + anyNull + ")")) {
            refused.add(Reason.NULL_KEY);
        }
        if (scratch.finds("SELECT _ent FROM " + source + " WHERE _in AND _ent IS NOT NULL GROUP BY _ent"
                + " HAVING count(*) > 1")) {
            refused.add(Reason.DUPLICATE_SOURCE);
        }
        if (scratch.finds("SELECT _ent FROM " + Copies.of(Copies.TARGET, rules.table())
                + " WHERE _ent IS NOT NULL GROUP BY _ent HAVING count(*) > 1")) {
            refused.add(Reason.DUPLICATE_TARGET);
        }
    }

    private void addCollision(Rules rules, UniqueIndex unique, Set<Reason> sink) {
        if (rules.inserted().containsAll(unique.deciding())) {
            sink.add(Reason.COLLISION);
        } else {
            applyRefused.add(Reason.COLLISION_OF_DEFAULTS);
            mayBeRefused.add(Reason.COLLISION_OF_DEFAULTS);
        }
    }

    private boolean collides(Rules rules, UniqueIndex unique) {
        Table table = rules.table();
        boolean nullsCollide =
                unique.isNullsNotDistinct(contract.world().target().majorVersion());
        List<String> parts = unique.expressions();
        String held = (unique.predicate() == null ? "true" : unique.predicate().sql())
                + (nullsCollide
                        ? ""
                        : parts.stream().map(p -> " AND " + p + " IS NOT NULL").collect(joining()));
        boolean atTheEnd = scratch.finds("SELECT FROM " + FinalState.f(rules) + " WHERE " + held + " GROUP BY "
                + String.join(", ", parts) + " HAVING count(*) > 1 AND bool_or(_origin <> 'k')");
        return atTheEnd
                || unique.form() != UniqueIndex.Form.DEFERRABLE_CONSTRAINT && collidesOnTheWay(rules, parts, held);
    }

    /** An updated row takes what another row has before the run: one UPDATE checks each row as it comes. */
    private boolean collidesOnTheWay(Rules rules, List<String> parts, String held) {
        String named = IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i) + " AS p" + i)
                .collect(joining(", "));
        String equal = IntStream.range(0, parts.size())
                .mapToObj(i -> "new.p" + i + " IS NOT DISTINCT FROM old.p" + i)
                .collect(joining(" AND "));
        return scratch.finds(
                """
                SELECT FROM (SELECT _row, %1$s FROM %2$s WHERE _origin = 'u' AND %3$s) AS new
                JOIN (SELECT _row, %1$s FROM %4$s WHERE %3$s) AS old ON old._row <> new._row AND %5$s
                """.formatted(named, FinalState.f(rules), held, Copies.of(Copies.TARGET, rules.table()), equal));
    }

    private void lookAtWrites(Rules rules) {
        if (breaksConstraint(rules)) {
            applyRefused.add(Reason.CONSTRAINT);
            mayBeRefused.add(Reason.CONSTRAINT);
        }
        if (rules.insertedReferences().stream().anyMatch(reference -> isTorn(rules, reference))) {
            applyRefused.add(Reason.TORN_REFERENCES);
            mayBeRefused.add(Reason.TORN_REFERENCES);
        }
        if (changesReferencedValue(rules)) {
            mayBeRefused.add(Reason.REFERENCED_VALUE_CHANGES);
            // What ON UPDATE CASCADE makes of rows that are not written may be in the way of others.
            mayBeRefused.add(Reason.COLLISION);
        }
        if (rules.table().audited() == Table.Audited.YES
                && contract.world().spelling().sideEffects() == World.SideEffects.FORBIDDEN) {
            applyRefused.add(Reason.TOUCHED);
        }
        if (rules.compared().stream().anyMatch(column -> isChangedByTrigger(rules, column))) {
            applyRefused.add(Reason.CHANGED_BY_TRIGGER);
        }
    }

    private boolean breaksConstraint(Rules rules) {
        Table table = rules.table();
        boolean nulls = table.columns(Side.TARGET).stream()
                .filter(column -> column.form(Side.TARGET).presence() == Column.Presence.NOT_NULL)
                // Not IS NULL, which is true of a row of NULLs too.
                .anyMatch(column -> scratch.finds("SELECT FROM " + FinalState.f(rules)
                        + " WHERE _origin <> 'k' AND num_nulls(" + Identifier.quote(column.name()) + ") = 1"));
        return nulls || table.foreignKeys().stream().anyMatch(reference -> isOrphaned(rules, reference));
    }

    private boolean isOrphaned(Rules rules, ForeignKey reference) {
        String given = reference.columns().stream()
                .map(column -> " AND c." + Identifier.quote(column) + " IS NOT NULL")
                .collect(joining());
        return scratch.finds("SELECT FROM " + FinalState.f(rules) + " AS c WHERE c._origin <> 'k'" + given
                + " AND NOT EXISTS (SELECT FROM "
                + FinalState.f(contract.rules(reference.parent())) + " AS p WHERE " + meets(reference) + ")");
    }

    /** A row that is written and does not point where it should: another reference wanted its column. */
    private boolean isTorn(Rules rules, ForeignKey reference) {
        String written = rules.comparedReferences().contains(reference) ? "'i', 'u'" : "'i'";
        int number = rules.number(reference);
        return scratch.finds("SELECT FROM " + FinalState.f(rules) + " AS c JOIN "
                + FinalState.f(contract.rules(reference.parent())) + " AS p ON p._ent = c._ref" + number
                + " WHERE c._kind" + number + " = 'r' AND c._origin IN (" + written + ") AND (" + meets(reference)
                + ") IS NOT TRUE");
    }

    private static String meets(ForeignKey reference) {
        return IntStream.range(0, reference.columns().size())
                .mapToObj(i -> "c." + Identifier.quote(reference.columns().get(i)) + " = p."
                        + Identifier.quote(reference.parentColumns().get(i)))
                .collect(joining(" AND "));
    }

    private boolean changesReferencedValue(Rules parent) {
        return contract.world().tables().stream()
                .anyMatch(child -> child.foreignKeys().stream()
                        .filter(reference ->
                                reference.parent().equals(parent.table().name()))
                        .anyMatch(reference -> changesReferencedValue(parent, child, reference)));
    }

    private boolean changesReferencedValue(Rules parent, Table child, ForeignKey reference) {
        String changed = reference.parentColumns().stream()
                .map(Identifier::quote)
                .map(column -> "exact(p." + column + ") IS DISTINCT FROM exact(f." + column + ")")
                .collect(joining(" OR "));
        return scratch.finds("SELECT FROM " + FinalState.f(parent) + " AS f JOIN "
                + Copies.of(Copies.TARGET, parent.table()) + " AS p ON p._row = f._row JOIN "
                + Copies.of(Copies.TARGET, child) + " AS c ON " + meets(reference) + " WHERE f._origin = 'u' AND ("
                + changed + ")");
    }

    private boolean isChangedByTrigger(Rules rules, String column) {
        if (rules.table().column(column).origin() != Column.Origin.TOUCHED) {
            return false;
        }
        String quoted = Identifier.quote(column);
        return scratch.finds("SELECT FROM " + FinalState.f(rules) + " AS f JOIN "
                + Copies.of(Copies.SOURCE, rules.table())
                + " AS s ON s._ent = f._ent WHERE f._origin <> 'k' AND exact(f." + quoted
                + ") IS DISTINCT FROM exact(s." + quoted + ")");
    }
}
