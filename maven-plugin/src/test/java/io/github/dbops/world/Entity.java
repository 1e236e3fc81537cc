package io.github.dbops.world;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that exists while rows are being drawn, and the row that each side has of it, or has not. */
final class Entity {

    final TableDraft table;
    final int number;
    private final Map<Side, Map<String, @Nullable String>> values = new HashMap<>();
    private final Map<Side, Map<String, Entity>> parents = new HashMap<>();

    Entity(TableDraft table, int number) {
        this.table = table;
        this.number = number;
    }

    void put(Side side, Map<String, @Nullable String> row, Map<String, Entity> parentsByReference) {
        values.put(side, row);
        parents.put(side, parentsByReference);
    }

    void remove(Side side) {
        values.remove(side);
        parents.remove(side);
    }

    boolean isOn(Side side) {
        return values.containsKey(side);
    }

    /** Its row on a side that has it; changes reach it. */
    Map<String, @Nullable String> on(Side side) {
        return there(values, side);
    }

    /** What its references point at on a side that has it, by the foreign keys' names; changes reach it. */
    Map<String, Entity> parents(Side side) {
        return there(parents, side);
    }

    private static <T> T there(Map<Side, T> bySide, Side side) {
        T found = bySide.get(side);
        if (found == null) {
            throw new IllegalStateException("not on the side " + side);
        }
        return found;
    }

    /** What a reference points at on a side; null where it points nowhere or the side does not have it. */
    @Nullable
    Entity parent(Side side, ForeignKey reference) {
        return isOn(side) ? parents(side).get(reference.name()) : null;
    }
}
