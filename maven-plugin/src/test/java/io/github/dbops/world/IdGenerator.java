package io.github.dbops.world;

import io.github.dbops.sync.Ids;
import io.github.dbops.world.Column.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives rows their ids, on each side as that side would have. */
final class IdGenerator {

    private final Dice dice;
    private final Set<Trouble> troubles;
    private final Population population;
    private final Map<String, Integer> lastIds = new HashMap<>();

    IdGenerator(Dice dice, Set<Trouble> troubles, Population population) {
        this.dice = dice;
        this.troubles = troubles;
        this.population = population;
    }

    /**
     * An id for a row.
     *
     * @param twin the id of the same entity on the other side; null where that does not know it
     */
    String id(Entity entity, Side side, Column column, @Nullable String twin) {
        TableDraft table = entity.table;
        boolean fixed = !table.role.isIdentified();
        if (column.origin().isSequence()) {
            if (twin != null && (fixed || dice.chance(25) && isFree(table, side, column, twin))) {
                return twin;
            }
            String next = number(table, side);
            while (!isFree(table, side, column, next)) {
                next = number(table, side);
            }
            return next;
        }
        boolean same = fixed || dice.chance(60);
        if (twin != null && same) {
            return twin;
        }
        if (troubles.contains(Trouble.COLLISION) && side == Side.TARGET && dice.chance(30)) {
            List<Entity> others = population
                    .on(Side.SOURCE, table.name)
                    .filter(each -> !each.isOn(Side.TARGET))
                    .toList();
            if (!others.isEmpty()) {
                return String.valueOf(dice.pick(others).on(Side.SOURCE).get(column.name()));
            }
        }
        return column.origin() == Origin.RANDOM_UUID
                ? dice.uuid()
                : "c" + dice.uuid().substring(9).replace("-", "");
    }

    private boolean isFree(TableDraft table, Side side, Column column, String id) {
        return population
                .on(side, table.name)
                .noneMatch(each -> id.equals(each.on(side).get(column.name())));
    }

    /** Both sides count from 1, so that equal numbers mean different rows; unless they are kept and nothing may collide. */
    private String number(TableDraft table, Side side) {
        boolean apart = !table.role.isIdentified() || table.ids == Ids.KEEP && !troubles.contains(Trouble.COLLISION);
        int start = apart && side == Side.SOURCE ? 100 : 0;
        int next = lastIds.getOrDefault(table.name + side, start) + dice.between(1, 2);
        lastIds.put(table.name + side, next);
        return String.valueOf(next);
    }
}
