package io.github.dbops.world;

import io.github.dbops.sync.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a drawn row may stand beside the others: on its own side, because the database would not let it; and beside
 * the other side's, because a world without trouble must not collide.
 */
final class Uniqueness {

    private final Population population;
    private final Set<Trouble> troubles;

    Uniqueness(Population population, Set<Trouble> troubles) {
        this.population = population;
        this.troubles = troubles;
    }

    boolean allows(Entity entity, Side side) {
        TableDraft table = entity.table;
        for (UniqueIndex unique : table.uniques) {
            List<@Nullable String> own = entry(entity, side, unique);
            if (unique.sides().contains(side) && own != null && isTaken(entity, side, unique, own)) {
                return false;
            }
            if (own != null && mayBeCarried(table, unique)) {
                Side other = side == Side.SOURCE ? Side.TARGET : Side.SOURCE;
                if (isTaken(entity, other, unique, own) || isTaken(entity, side, unique, own)) {
                    return false;
                }
            }
        }
        return keyAllows(entity, side);
    }

    /** An index over a number that the target draws anew meets nothing of the source. */
    private static boolean isCounted(TableDraft table, UniqueIndex unique) {
        return unique.columns().stream()
                .anyMatch(c ->
                        table.surrogates.contains(c) && table.column(c).origin().isSequence() && table.ids != Ids.KEEP);
    }

    /** Whether what the index holds of one side can come to stand beside what it holds of the other. */
    private boolean mayBeCarried(TableDraft table, UniqueIndex unique) {
        return !troubles.contains(Trouble.COLLISION)
                && table.role == TableDraft.Role.PLANNED
                && !isCounted(table, unique);
    }

    private boolean keyAllows(Entity entity, Side side) {
        TableDraft table = entity.table;
        UniqueIndex key = UniqueIndex.of("key", UniqueIndex.Form.INDEX, table.key);
        List<@Nullable String> own = entry(entity, side, key);
        if (own == null || !table.role.isIdentified()) {
            return true;
        }
        boolean duplicates =
                troubles.contains(side == Side.SOURCE ? Trouble.DUPLICATE_SOURCE : Trouble.DUPLICATE_TARGET);
        if (duplicates && table.role == TableDraft.Role.PLANNED) {
            return true;
        }
        Side other = side == Side.SOURCE ? Side.TARGET : Side.SOURCE;
        return !isTaken(entity, side, key, own) && !isTaken(entity, other, key, own);
    }

    private boolean isTaken(Entity entity, Side side, UniqueIndex unique, List<@Nullable String> own) {
        return population
                .on(side, entity.table.name)
                .filter(each -> each != entity)
                .anyMatch(each -> own.equals(entry(each, side, unique)));
    }

    /** What a unique index holds of a row, equal for equal values; null where it holds nothing that can collide. */
    private @Nullable List<@Nullable String> entry(Entity entity, Side side, UniqueIndex unique) {
        UniqueIndex.Predicate predicate = unique.predicate();
        if (predicate != null) {
            String tested = entity.on(side).get(predicate.column());
            boolean held = predicate.test() == UniqueIndex.Predicate.Test.IS_TRUE ? "t".equals(tested) : tested != null;
            if (!held) {
                return null;
            }
        }
        List<@Nullable String> entry = new ArrayList<>();
        for (UniqueIndex.Part part : unique.parts()) {
            String standing = standing(entity, side, part.column());
            boolean folds = part.fold() == UniqueIndex.Fold.LOWER;
            if (standing == null && unique.nulls() == UniqueIndex.Nulls.DISTINCT) {
                return null;
            }
            entry.add(folds ? Alphabet.folded(standing) : standing);
        }
        return entry;
    }

    /** A reference stands for its parent, an id for its row, anything else for all values equal to it. */
    private @Nullable String standing(Entity entity, Side side, String column) {
        String value = entity.on(side).get(column);
        for (ForeignKey reference : entity.table.foreignKeys) {
            Entity parent = entity.parent(side, reference);
            int place = reference.columns().indexOf(column);
            if (place >= 0 && parent != null && value != null) {
                return standing(parent, side, reference.parentColumns().get(place));
            }
        }
        TableDraft table = entity.table;
        if (value != null && table.surrogates.contains(column)) {
            boolean counted = table.column(column).origin().isSequence() && table.role.isIdentified();
            return counted && table.ids != Ids.KEEP ? "row " + table.name + entity.number : value;
        }
        Alphabet alphabet = entity.table.alphabets.get(column);
        return alphabet == null ? value : alphabet.classOf(value);
    }
}
