package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.sync.CanonicalKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns hold values that mean something in one database only, and through which foreign key their meaning is
 * found: a category's id is a number, its slug is not.
 */
final class Providers {

    private final Map<QualifiedName, PlannedColumns> tables;
    private final Links links;

    /**
     * Providers among planned tables.
     *
     * @param tables those whose rows can be told by a natural key
     * @param links their foreign keys
     */
    Providers(Map<QualifiedName, PlannedColumns> tables, Links links) {
        this.tables = tables;
        this.links = links;
    }

    /** Columns of the link whose values are found through its parent, not through another link. */
    List<String> provided(Link link) {
        return link.key().columns().stream()
                .filter(column -> of(link.child(), column).filter(link::equals).isPresent())
                .toList();
    }

    /** Columns of the link whose values mean another row in the other database. */
    List<String> local(Link link) {
        return link.key().columns().stream()
                .filter(column -> link.child().column(column).isPresent())
                .filter(column -> isLocal(link, column, new HashSet<>()))
                .toList();
    }

    /** The link through which a column's value is found: the shortest that can. */
    Optional<Link> of(PlannedColumns child, String column) {
        return of(child, column, new HashSet<>());
    }

    private Optional<Link> of(PlannedColumns child, String column, Set<List<Object>> visited) {
        // Keys that hand a value round in a circle agree on it: it is natural.
        if (!visited.add(List.of(child.name(), column))) {
            return Optional.empty();
        }
        return links.of(child).stream()
                .filter(link -> link.key().columns().contains(column) && canTranslate(link))
                .sorted(Comparator.comparing((Link link) -> link.key().columns().size())
                        .thenComparing(link -> link.key().name()))
                .filter(link -> isLocal(link, column, visited) || isSpelledByParent(link, column))
                .findFirst();
    }

    // Where equal keys may be spelled differently, it is the parent's spelling that a reference has.
    private boolean isSpelledByParent(Link link, String column) {
        PlannedColumns parent = tables.get(link.parent());
        return parent != null
                && !link.child().isInKey(column)
                && parent.column(link.key().parentColumn(column))
                        .filter(there -> CanonicalKey.isLoose(there.type()))
                        .isPresent();
    }

    /** Whether the row that the link leads to can be told in the other database. */
    boolean canTranslate(Link link) {
        return tables.containsKey(link.parent())
                && link.isWhole()
                && !link.isRaw()
                && !link.key().temporal();
    }

    private boolean isLocal(Link link, String column, Set<List<Object>> visited) {
        PlannedColumns parent = tables.get(link.parent());
        String there = link.key().parentColumn(column);
        return parent != null
                && (!parent.isInKey(there) || of(parent, there, visited).isPresent());
    }
}
