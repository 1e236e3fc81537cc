package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every foreign key that a sync fills, whichever side has it: where only the source says that a number refers to a row, it
 * does so all the same.
 */
final class Links {

    private final Map<QualifiedName, PlannedColumns> tables;

    /** Foreign keys of these tables, which stand under the target's names. */
    Links(Map<QualifiedName, PlannedColumns> tables) {
        this.tables = tables;
    }

    /** The target's, and those of the source that the target lacks and whose parent is planned. */
    List<Link> of(PlannedColumns child) {
        List<ForeignKey> keys = new ArrayList<>(child.target().foreignKeys());
        for (ForeignKey key : child.source().foreignKeys()) {
            asTargets(key)
                    .filter(there -> keys.stream().noneMatch(known -> isSame(known, there)))
                    .ifPresent(keys::add);
        }
        return keys.stream()
                .filter(key -> key.columns().stream()
                        .anyMatch(name -> child.column(name).isPresent()))
                .map(key -> new Link(child, key))
                .toList();
    }

    // Nothing checks it in the target, so it may be fulfilled late.
    private Optional<ForeignKey> asTargets(ForeignKey key) {
        return tables.values().stream()
                .filter(table -> table.source().name().equals(key.parent()))
                .findFirst()
                .map(parent -> new ForeignKey(
                        key.name(), key.columns(), parent.name(), key.parentColumns(), true, false, key.temporal()));
    }

    private static boolean isSame(ForeignKey one, ForeignKey other) {
        return one.parent().equals(other.parent())
                && one.columns().equals(other.columns())
                && one.parentColumns().equals(other.parentColumns());
    }
}
