package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tables in the order in which a sync writes them: parents first, among equals by name. */
final class DraftOrder {

    private DraftOrder() {}

    /** All of them. Where references lead in a circle, the table that waits for the fewest others goes first. */
    static List<Surveyed> parentsFirst(Map<QualifiedName, Surveyed> tables) {
        Map<QualifiedName, Set<QualifiedName>> waiting = new TreeMap<>();
        tables.forEach((name, table) -> waiting.put(name, parents(table.facts(), tables.keySet())));
        List<Surveyed> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            QualifiedName next = waiting.entrySet().stream()
                    .min(Comparator.comparing(table -> table.getValue().size()))
                    .map(Map.Entry::getKey)
                    .orElseThrow();
            waiting.remove(next);
            waiting.values().forEach(parents -> parents.remove(next));
            ordered.add(Optional.ofNullable(tables.get(next)).orElseThrow());
        }
        return ordered;
    }

    private static Set<QualifiedName> parents(TableFacts table, Set<QualifiedName> among) {
        Set<QualifiedName> parents = new HashSet<>();
        table.references().stream()
                .map(Reference::parent)
                .filter(parent -> !parent.equals(table.name()) && among.contains(parent))
                .forEach(parents::add);
        return parents;
    }
}
