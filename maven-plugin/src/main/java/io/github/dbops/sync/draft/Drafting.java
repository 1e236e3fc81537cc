package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.sync.ProtectedPattern;
import io.github.dbops.sync.draft.ColumnFacts.Trait;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was found in the databases → a first plan. Decides everything; touches nothing. */
public final class Drafting {

    private final Survey survey;
    private final Map<QualifiedName, Surveyed> known;
    private final Map<QualifiedName, Set<String>> children = new HashMap<>();
    private final HiddenReferences hidden;
    private final Map<QualifiedName, KeyCandidates> candidates = new TreeMap<>();
    private final KeyChoice choice;

    private Drafting(Survey survey) {
        this.survey = survey;
        this.known = survey.byName();
        this.hidden = new HiddenReferences(survey);
        for (Surveyed table : survey.tables()) {
            TableFacts facts = table.facts();
            candidates.put(
                    facts.name(), new KeyCandidates(table, hidden.in(facts).keySet()));
            facts.references().stream()
                    .filter(r -> !r.parent().equals(facts.name()))
                    .forEach(r -> children.computeIfAbsent(r.parent(), p -> new TreeSet<>())
                            .add(facts.planName()));
        }
        this.choice = KeyChoice.of(survey, candidates);
    }

    /**
     * The plan. The same databases give the same plan.
     *
     * @param source the source, for people
     */
    public static Draft of(String source, Survey survey) {
        Drafting drafting = new Drafting(survey);
        return new Draft(
                source,
                DraftOrder.parentsFirst(drafting.known).stream()
                        .map(drafting::table)
                        .toList(),
                survey.leftOut().stream()
                        .sorted(Comparator.comparing(LeftOut::why).thenComparing(LeftOut::name))
                        .toList());
    }

    private DraftedTable table(Surveyed surveyed) {
        TableFacts facts = surveyed.facts();
        KeyCandidates found = Optional.ofNullable(candidates.get(facts.name())).orElseThrow();
        Optional<KeyCandidate> key = choice.key(facts.name());
        Optional<KeyChoice.Withheld> withheld = choice.withheld(facts.name());
        Optional<KeyCandidate> first = key.or(() -> withheld.map(KeyChoice.Withheld::key));
        return new DraftedTable(
                facts.name(),
                facts.planName(),
                surveyed.counted().rows(),
                key,
                withheld.map(KeyChoice.Withheld::key),
                key.isPresent()
                        ? Optional.empty()
                        : withheld.map(KeyChoice.Withheld::reason).or(() -> Optional.of(noKey(surveyed))),
                found.ranked().stream()
                        .filter(c -> !first.equals(Optional.of(c)))
                        .toList(),
                parentsOf(facts),
                List.copyOf(children.getOrDefault(facts.name(), Set.of())),
                protectedBy(facts),
                columns(facts, key.map(KeyCandidate::columns).orElse(List.of())),
                new TableNotes(survey, surveyed, hidden.in(facts)).about(key, found.notes()));
    }

    private static String noKey(Surveyed surveyed) {
        TableFacts facts = surveyed.facts();
        if (facts.columns().isEmpty()) {
            return "It has no columns.";
        }
        boolean empty = surveyed.counted().rows().equals(RowCount.counted(0));
        String unknown = empty ? "; there are no rows that could tell." : ".";
        List<String> numbered = facts.primaryKey().stream()
                .filter(c -> facts.is(c, Trait.SEQUENCE_BACKED))
                .toList();
        if (numbered.isEmpty()) {
            return "No columns are known to tell its rows apart" + unknown;
        }
        boolean usable = facts.primaryKey().stream().allMatch(c -> facts.is(c, Trait.KEYABLE));
        return Quoted.names(numbered) + " comes from a sequence, and no other columns are known to tell its rows apart"
                + unknown
                + (usable
                        ? " Only where ids mean the same in both databases: \"key\": ["
                                + Quoted.names(facts.primaryKey()) + "]."
                        : "");
    }

    private List<String> parentsOf(TableFacts table) {
        return table.references().stream()
                .map(Reference::parent)
                .map(name -> Optional.ofNullable(known.get(name))
                        .map(t -> t.facts().planName())
                        .orElse(name.toString()))
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<String> protectedBy(TableFacts table) {
        return ProtectedPattern.BUILT_IN.stream()
                .filter(p -> p.matches(table.name().schema(), table.name().name()))
                .map(ProtectedPattern::glob)
                .findFirst();
    }

    private static DraftedTable.Columns columns(TableFacts table, List<String> key) {
        Map<String, String> exclude = new LinkedHashMap<>();
        Map<String, Upkeep> ignore = new LinkedHashMap<>();
        Map<String, Sensitivity> sensitive = new LinkedHashMap<>();
        for (ColumnFacts column : table.columns()) {
            String name = column.name();
            // A plan cannot list such a name.
            if (name.isBlank()) {
                continue;
            }
            Sensitivity.of(table, column).ifPresent(why -> sensitive.put(name, why));
            if (key.contains(name) || column.is(Trait.GENERATED)) {
                continue;
            }
            if (column.family() == Family.OBJECT_ID) {
                exclude.put(name, "holds object ids, which mean nothing in another database");
            } else {
                Upkeep.of(table, column).ifPresent(why -> ignore.put(name, why));
            }
        }
        return new DraftedTable.Columns(exclude, ignore, sensitive);
    }
}
