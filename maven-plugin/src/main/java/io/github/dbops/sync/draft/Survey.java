package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that a plan is drafted from.
 *
 * @param tables the source's tables that can have an entry, in name order
 * @param leftOut the source's other relations
 * @param target the target's tables by the names that the plan calls them; empty where the target was not looked at
 */
public record Survey(List<Surveyed> tables, List<LeftOut> leftOut, Optional<Map<String, TableFacts>> target) {

    public Survey {
        tables = List.copyOf(tables);
        leftOut = List.copyOf(leftOut);
        target = target.map(Map::copyOf);
    }

    /** The same with what the target's catalog says. */
    public Survey withTarget(Map<String, TableFacts> tablesOfTarget) {
        return new Survey(tables, leftOut, Optional.of(tablesOfTarget));
    }

    /** The tables by name. */
    Map<QualifiedName, Surveyed> byName() {
        return tables.stream().collect(Collectors.toMap(t -> t.facts().name(), Function.identity()));
    }

    /** A table as the target has it; empty where it lacks it, or was not looked at. */
    Optional<TableFacts> inTarget(TableFacts table) {
        return target.flatMap(there -> Optional.ofNullable(there.get(table.planName())));
    }

    /** Whether the target was looked at and lacks the table. */
    boolean lacksInTarget(TableFacts table) {
        return target.isPresent() && inTarget(table).isEmpty();
    }

    /** Whether a column's values come from a sequence on either side. */
    boolean isSequenceBacked(TableFacts table, String column) {
        return table.is(column, ColumnFacts.Trait.SEQUENCE_BACKED)
                || inTarget(table)
                        .filter(t -> t.is(column, ColumnFacts.Trait.SEQUENCE_BACKED))
                        .isPresent();
    }
}
