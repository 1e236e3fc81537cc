package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys that a plan begins with: for each table the best candidate with which a sync runs, all tables together. Where
 * none is left the candidate is withheld, and the reason told. Withholding one key can make others impossible, never
 * possible, so that this ends.
 */
final class KeyChoice {

    private final Survey survey;
    private final Map<QualifiedName, Surveyed> tables;
    private final Map<QualifiedName, List<KeyCandidate>> open = new TreeMap<>();
    private final Map<QualifiedName, Withheld> withheld = new LinkedHashMap<>();

    private KeyChoice(Survey survey, Map<QualifiedName, KeyCandidates> candidates) {
        this.survey = survey;
        this.tables = survey.byName();
        candidates.forEach((name, found) -> {
            List<KeyCandidate> usable = found.ranked().stream()
                    .filter(KeyCandidate::isProposable)
                    .filter(candidate -> fitsTarget(facts(name), candidate))
                    .toList();
            if (!usable.isEmpty()) {
                open.put(name, new ArrayList<>(usable));
            }
        });
    }

    /**
     * Decides for all tables.
     *
     * @param candidates of each table
     */
    static KeyChoice of(Survey survey, Map<QualifiedName, KeyCandidates> candidates) {
        KeyChoice choice = new KeyChoice(survey, candidates);
        choice.withholdUnusable();
        while (choice.withholdOrphans() || choice.openKeyCircle() || choice.openWriteCircle()) {
            // Each turn takes one candidate away.
        }
        return choice;
    }

    /** The table's key; empty where it gets none. */
    Optional<KeyCandidate> key(QualifiedName table) {
        return Optional.ofNullable(open.get(table)).map(candidates -> candidates.get(0));
    }

    /** The key that the table would have had, and why it has not. */
    Optional<Withheld> withheld(QualifiedName table) {
        return Optional.ofNullable(withheld.get(table));
    }

    /**
     * A key that a sync could not work with.
     *
     * @param key the key
     * @param reason why not, a sentence
     */
    record Withheld(KeyCandidate key, String reason) {}

    private TableFacts facts(QualifiedName name) {
        return Optional.ofNullable(tables.get(name)).map(Surveyed::facts).orElseThrow();
    }

    private boolean fitsTarget(TableFacts table, KeyCandidate candidate) {
        return survey.inTarget(table)
                .map(there -> candidate.columns().stream()
                        .allMatch(c -> there.is(c, ColumnFacts.Trait.KEYABLE)
                                && (table.isReference(c) || !there.is(c, ColumnFacts.Trait.SEQUENCE_BACKED))))
                .orElse(true);
    }

    private void withholdUnusable() {
        for (QualifiedName name : List.copyOf(open.keySet())) {
            TableFacts table = facts(name);
            if (table.obstacle().isPresent()) {
                withhold(name, table.obstacle().get());
            } else if (survey.lacksInTarget(table)) {
                withhold(name, "The target has no such table; bring it to the same migrations first.");
            } else {
                survey.inTarget(table)
                        .flatMap(TableFacts::obstacle)
                        .ifPresent(why -> withhold(name, "In the target: " + why));
            }
        }
    }

    /** A number that only the parent's key can translate needs a parent with a key. */
    private boolean withholdOrphans() {
        boolean any = false;
        for (QualifiedName name : List.copyOf(open.keySet())) {
            Optional<Reference> stuck = facts(name).references().stream()
                    .filter(r -> !r.parent().equals(name) && !open.containsKey(r.parent()) && isNumbered(r))
                    .findFirst();
            if (stuck.isPresent()) {
                withhold(name, orphaned(stuck.get()));
                any = true;
            }
        }
        return any;
    }

    private String orphaned(Reference reference) {
        String parent = Optional.ofNullable(tables.get(reference.parent()))
                .map(t -> t.facts().planName())
                .orElse(reference.parent().toString());
        return Quoted.names(reference.columns()) + " references " + Quoted.name(parent)
                + ", whose ids come from a sequence and which has no key here. Give that table a key first.";
    }

    private boolean isNumbered(Reference reference) {
        return reference.parentColumns().stream().anyMatch(c -> isNumbered(reference.parent(), c, Set.of()));
    }

    // Also where the number is that of a table further up.
    private boolean isNumbered(QualifiedName table, String column, Set<QualifiedName> below) {
        if (!tables.containsKey(table)) {
            // A table that no entry can have: what its ids are is not known, so they are taken for numbers.
            return true;
        }
        Set<QualifiedName> path = new TreeSet<>(below);
        return path.add(table)
                && (survey.isSequenceBacked(facts(table), column)
                        || facts(table).references().stream()
                                .filter(r -> r.columns().contains(column))
                                .anyMatch(r -> isNumbered(r.parent(), r.parentColumn(column), path)));
    }

    /** Keys that lead through each other's: neither can be translated first. */
    private boolean openKeyCircle() {
        Map<QualifiedName, List<Reference>> through = new TreeMap<>();
        open.forEach((name, candidates) -> through.put(
                name,
                facts(name).references().stream()
                        .filter(r -> open.containsKey(r.parent()))
                        .filter(r ->
                                r.columns().stream().anyMatch(candidates.get(0).columns()::contains))
                        .toList()));
        List<QualifiedName> circle = Circle.in(through);
        if (circle.isEmpty()) {
            return false;
        }
        QualifiedName next = circle.stream()
                .filter(name -> candidates(name).size() > 1)
                .findFirst()
                .orElse(circle.get(circle.size() - 1));
        if (candidates(next).size() > 1) {
            candidates(next).remove(0);
        } else {
            withhold(next, "Keys lead in a circle: " + told(circle) + ".");
        }
        return true;
    }

    /** Rows that need each other first, where no foreign key can wait. */
    private boolean openWriteCircle() {
        Map<QualifiedName, List<Reference>> needed = new TreeMap<>();
        open.keySet()
                .forEach(name -> needed.put(
                        name,
                        facts(name).references().stream()
                                .filter(r -> !r.parent().equals(name) && open.containsKey(r.parent()))
                                .filter(r -> !canWait(
                                        facts(name), r, candidates(name).get(0)))
                                .toList()));
        List<QualifiedName> circle = Circle.in(needed);
        if (circle.isEmpty()) {
            return false;
        }
        // Best is one that the others can do without, because its ids are plain values.
        QualifiedName next = circle.stream()
                .filter(name -> open.keySet().stream()
                        .flatMap(child -> facts(child).references().stream())
                        .noneMatch(r -> r.parent().equals(name) && isNumbered(r)))
                .findFirst()
                .orElse(circle.get(circle.size() - 1));
        withhold(
                next,
                "Foreign keys lead in a circle in which none can wait: " + told(circle)
                        + ". Make one of them DEFERRABLE, or its column nullable.");
        return true;
    }

    private static boolean canWait(TableFacts table, Reference reference, KeyCandidate key) {
        return reference.deferrable()
                || reference.columns().stream()
                        .anyMatch(c -> !table.is(c, ColumnFacts.Trait.NOT_NULL)
                                && !table.primaryKey().contains(c)
                                && !key.columns().contains(c));
    }

    private List<KeyCandidate> candidates(QualifiedName name) {
        return Optional.ofNullable(open.get(name)).orElseThrow();
    }

    private String told(List<QualifiedName> circle) {
        StringBuilder told = new StringBuilder();
        circle.forEach(name -> told.append(facts(name).planName()).append(" -> "));
        return Quoted.visible(told.append(facts(circle.get(0)).planName()).toString());
    }

    private void withhold(QualifiedName name, String reason) {
        withheld.put(name, new Withheld(candidates(name).get(0), reason));
        open.remove(name);
    }
}
