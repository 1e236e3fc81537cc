package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A way along references that comes back to where it began. */
final class Circle {

    private Circle() {}

    /**
     * One circle among tables, in the order of its references; empty where there is none.
     *
     * @param references each table's, in a fixed order of tables
     */
    static List<QualifiedName> in(Map<QualifiedName, List<Reference>> references) {
        Set<QualifiedName> left = new TreeSet<>(references.keySet());
        while (left.removeIf(name -> next(references, left, name).isEmpty())) {
            // What leads nowhere any more is in no circle.
        }
        if (left.isEmpty()) {
            return List.of();
        }
        List<QualifiedName> path = new ArrayList<>();
        QualifiedName at = left.iterator().next();
        while (!path.contains(at)) {
            path.add(at);
            at = next(references, left, at).orElseThrow();
        }
        return path.subList(path.indexOf(at), path.size());
    }

    private static Optional<QualifiedName> next(
            Map<QualifiedName, List<Reference>> references, Set<QualifiedName> left, QualifiedName name) {
        return references.getOrDefault(name, List.of()).stream()
                .map(Reference::parent)
                .filter(left::contains)
                .sorted()
                .findFirst();
    }
}
