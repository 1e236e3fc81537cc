package io.github.dbops.sync.draft.evidence;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.sync.draft.ColumnFacts;
import io.github.dbops.sync.draft.ColumnFacts.Trait;
import io.github.dbops.sync.draft.Family;
import io.github.dbops.sync.draft.Quoted;
import io.github.dbops.sync.draft.Reference;
import io.github.dbops.sync.draft.TableFacts;
import io.github.dbops.sync.draft.TriggerFacts;
import io.github.dbops.sync.draft.UniqueFacts;
import io.github.dbops.sync.draft.UniqueFacts.Limit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The catalog's {@link Table} → what a first plan needs to know of it. */
final class FactsReader {

    private final Surroundings surroundings;

    FactsReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * A table of the source.
     *
     * @param planName how the plan calls it
     */
    TableFacts source(Table table, String planName) {
        return facts(table, planName, rules(table).or(() -> unreadable(table)).or(() -> unfillable(table)));
    }

    /**
     * A table of the target. That the role may not read it yet is in nobody's way: grants follow the plan.
     *
     * @param planName how the plan calls it
     */
    TableFacts target(Table table, String planName) {
        return facts(table, planName, rules(table));
    }

    private TableFacts facts(Table table, String planName, Optional<String> obstacle) {
        Surroundings.Relation relation = surroundings.of(table.name());
        return new TableFacts(
                table.name(),
                planName,
                table.columns().stream().map(c -> column(table, c)).toList(),
                table.primaryKey(),
                uniqueIndexes(table),
                table.foreignKeys().stream()
                        .map(f -> new Reference(f.columns(), f.parent(), f.parentColumns(), f.deferrable()))
                        .toList(),
                table.triggers().stream()
                        .map(t -> new TriggerFacts(
                                t.name(), t.function(), t.before(), surroundings.filledBy(table.name(), t.name())))
                        .toList(),
                relation.estimatedRows(),
                obstacle,
                notes(table, relation));
    }

    private ColumnFacts column(Table table, Column column) {
        Family family = Families.of(column.type());
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        add(traits, Trait.KEYABLE, Families.isKeyable(column.type()));
        add(traits, Trait.NOT_NULL, column.filled());
        add(traits, Trait.HAS_DEFAULT, column.hasDefault());
        add(traits, Trait.DEFAULTS_TO_NOW, surroundings.isNowByDefault(table.name(), column.name()));
        add(traits, Trait.SEQUENCE_BACKED, column.isSequenceBacked());
        add(traits, Trait.GENERATED, column.generated());
        add(traits, Trait.SHORT, Families.isShort(column.type()));
        return new ColumnFacts(column.name(), column.type().declared(), family, traits);
    }

    private static void add(Set<Trait> traits, Trait trait, boolean holds) {
        if (holds) {
            traits.add(trait);
        }
    }

    private List<UniqueFacts> uniqueIndexes(Table table) {
        List<UniqueFacts> indexes = new ArrayList<>();
        for (UniqueIndex index : table.uniqueIndexes()) {
            boolean primary =
                    !table.primaryKey().isEmpty() && index.plainColumns().equals(table.primaryKey());
            if (primary || index.exclusion()) {
                continue;
            }
            Set<Limit> limits = EnumSet.noneOf(Limit.class);
            if (index.predicate().isPresent()) {
                limits.add(Limit.PARTIAL);
            }
            if (!index.immediate()) {
                limits.add(Limit.DEFERRABLE);
            }
            if (!index.nullsDistinct()) {
                limits.add(Limit.NULLS_NOT_DISTINCT);
            }
            indexes.add(new UniqueFacts(index.name(), index.plainColumns(), limits));
        }
        return indexes;
    }

    private static Optional<String> rules(Table table) {
        return table.rewritten()
                ? Optional.of("It has rules, which turn a statement on it into another one; a sync refuses it.")
                : Optional.empty();
    }

    private Optional<String> unreadable(Table table) {
        String role = table.privileges().role();
        if (!table.privileges().select()) {
            return Optional.of("The role " + Quoted.name(role) + " may not read it. As its owner: GRANT SELECT ON "
                    + Quoted.visible(table.name().sql()) + " TO " + Quoted.visible(Identifier.quote(role))
                    + "; and USAGE on its schema.");
        }
        return surroundings.of(table.name()).guarded()
                ? Optional.of("Row-level security holds rows back from the role " + Quoted.name(role)
                        + "; a sync needs its owner or a role with BYPASSRLS.")
                : Optional.empty();
    }

    private static Optional<String> unfillable(Table table) {
        return table.columns().stream()
                .filter(c -> c.type().is("oid") && c.notNull() && !c.hasDefault() && !c.generated())
                .map(c -> Quoted.name(c.name())
                        + " must be filled and holds object ids, which mean nothing in another database.")
                .findFirst();
    }

    private static List<String> notes(Table table, Surroundings.Relation relation) {
        List<String> notes = new ArrayList<>();
        if (table.kind() == Table.Kind.PARTITIONED) {
            notes.add("It is partitioned: its partitions are carried with it.");
        }
        if (relation.inherited()) {
            notes.add("Other tables inherit from it: their rows are not carried with it.");
        }
        return notes;
    }
}
