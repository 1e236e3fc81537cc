package io.github.dbops.world;

import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws the rows of both sides, parents first. What exists is an entity; each side has a row of it or not, with ids of
 * its own, and with values that agree more often than not.
 */
final class RowGenerator {

    /** No rows satisfy what was drawn; another seed must. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Impossible(String message) {
            super(message);
        }
    }

    private final Dice dice;
    private final Set<Trouble> troubles;
    private final Map<String, TableDraft> tables = new LinkedHashMap<>();
    private final Population population = new Population();
    private final IdGenerator ids;
    private final Uniqueness uniqueness;

    RowGenerator(Dice dice, Set<Trouble> troubles, List<TableDraft> drafts) {
        this.dice = dice;
        this.troubles = troubles;
        drafts.forEach(draft -> tables.put(draft.name, draft));
        this.ids = new IdGenerator(dice, troubles, population);
        this.uniqueness = new Uniqueness(population, troubles);
    }

    void draw() {
        for (TableDraft table : tables.values()) {
            int wanted = dice.between(1, 8);
            for (int i = 0; i < wanted; i++) {
                entity(table, i);
            }
        }
        for (TableDraft table : tables.values()) {
            for (ForeignKey reference : table.foreignKeys) {
                if (table.late.contains(reference.name())) {
                    close(table, reference);
                }
            }
        }
    }

    /** The rows of a side, in the order in which they were drawn, and those of heirs. */
    List<Row> rows(Side side) {
        List<Row> rows = new ArrayList<>();
        population
                .on(side)
                .forEach(entity -> rows.add(new Row(entity.table.name, ordered(entity.table, side, entity.on(side)))));
        for (TableDraft table : tables.values()) {
            String heir = table.storage.heir();
            List<Entity> models = population.on(side, table.name).toList();
            if (heir != null && !models.isEmpty()) {
                rows.add(new Row(heir, ordered(table, side, dice.pick(models).on(side))));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable String> ordered(
            TableDraft table, Side side, Map<String, @Nullable String> values) {
        Map<String, @Nullable String> ordered = new LinkedHashMap<>();
        table.columns.stream()
                .filter(c -> c.on(side) != null && c.origin() != Origin.COMPUTED)
                .forEach(c -> ordered.put(c.name(), values.get(c.name())));
        return ordered;
    }

    private void entity(TableDraft table, int number) {
        Entity entity = new Entity(table, number);
        int choice = dice.between(0, 99);
        boolean everywhere = !table.role.isIdentified() && !troubles.contains(Trouble.CONSTRAINT);
        boolean lookup = table.role == TableDraft.Role.LOOKUP && !troubles.contains(Trouble.BLOCKED);
        boolean wantsSource = everywhere || choice < 80;
        boolean wantsTarget = everywhere || lookup || choice < 60 || choice >= 80;
        if (wantsSource) {
            tryFill(entity, Side.SOURCE);
        }
        if (wantsTarget) {
            tryFill(entity, Side.TARGET);
        }
        if ((lookup || everywhere) && !entity.isOn(Side.TARGET)) {
            entity.remove(Side.SOURCE);
        }
        if (entity.isOn(Side.SOURCE) || entity.isOn(Side.TARGET)) {
            population.add(entity);
        }
    }

    private void tryFill(Entity entity, Side side) {
        for (int attempt = 0; attempt < 4 && !entity.isOn(side); attempt++) {
            Map<String, @Nullable String> values = new HashMap<>();
            Map<String, Entity> parents = new HashMap<>();
            if (fill(entity, side, values, parents)) {
                entity.put(side, values, parents);
                if (!uniqueness.allows(entity, side)) {
                    entity.remove(side);
                }
            }
        }
    }

    private boolean fill(Entity entity, Side side, Map<String, @Nullable String> values, Map<String, Entity> parents) {
        TableDraft table = entity.table;
        List<ForeignKey> ordered = new ArrayList<>(table.foreignKeys);
        ordered.sort((a, b) -> b.columns().size() - a.columns().size());
        for (ForeignKey reference : ordered) {
            if (!table.late.contains(reference.name()) && !point(entity, side, reference, values, parents)) {
                return false;
            }
        }
        for (Column column : table.columns) {
            if (column.on(side) != null && !values.containsKey(column.name()) && column.origin() != Origin.COMPUTED) {
                values.put(column.name(), value(entity, side, column));
            }
        }
        return true;
    }

    /** Points a reference at a row of its parent that agrees with the columns that are there already. */
    private boolean point(
            Entity entity,
            Side side,
            ForeignKey reference,
            Map<String, @Nullable String> values,
            Map<String, Entity> parents) {
        TableDraft table = entity.table;
        boolean nullable = reference.columns().stream()
                .filter(c -> !values.containsKey(c))
                .anyMatch(c -> table.column(c).form(side).presence() == Presence.NULLABLE);
        List<Entity> fitting = population
                .on(side, reference.parent())
                .filter(parent -> fits(parent, side, reference, values))
                .toList();
        if (fitting.isEmpty() || nullable && dice.chance(20)) {
            reference.columns().forEach(c -> values.putIfAbsent(c, null));
            return nullable || reference.columns().stream().allMatch(c -> values.get(c) != null) && !fitting.isEmpty();
        }
        Entity parent = prefer(entity, side, reference, fitting);
        if (parent == null) {
            return false;
        }
        parents.put(reference.name(), parent);
        for (int i = 0; i < reference.columns().size(); i++) {
            String value = parent.on(side).get(reference.parentColumns().get(i));
            values.putIfAbsent(
                    reference.columns().get(i),
                    respelled(table.alphabets.get(reference.columns().get(i)), value));
        }
        return true;
    }

    /** A child may spell its parent's key in its own way. */
    private @Nullable String respelled(@Nullable Alphabet alphabet, @Nullable String value) {
        return alphabet != null && value != null && dice.chance(10) ? alphabet.respelled(value, dice) : value;
    }

    private static boolean fits(Entity parent, Side side, ForeignKey reference, Map<String, @Nullable String> values) {
        for (int i = 0; i < reference.columns().size(); i++) {
            String has = parent.on(side).get(reference.parentColumns().get(i));
            if (has == null
                    || values.containsKey(reference.columns().get(i))
                            && !has.equals(values.get(reference.columns().get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Mostly the parent that the entity has on the other side; in the key no other, or it would be another entity. */
    private @Nullable Entity prefer(Entity entity, Side side, ForeignKey reference, List<Entity> fitting) {
        Side other = side == Side.SOURCE ? Side.TARGET : Side.SOURCE;
        Entity twin = entity.isOn(other) ? entity.parent(other, reference) : null;
        if (twin != null && entity.table.key.containsAll(reference.columns())) {
            return fitting.contains(twin) ? twin : null;
        }
        return twin != null && fitting.contains(twin) && dice.chance(85) ? twin : dice.pick(fitting);
    }

    private @Nullable String value(Entity entity, Side side, Column column) {
        TableDraft table = entity.table;
        Side other = side == Side.SOURCE ? Side.TARGET : Side.SOURCE;
        boolean known = entity.isOn(other) && column.on(other) != null;
        String twin = known ? entity.on(other).get(column.name()) : null;
        if (table.surrogates.contains(column.name())) {
            return ids.id(entity, side, column, twin);
        }
        Alphabet values = table.alphabets.get(column.name());
        if (values == null) {
            return null;
        }
        Alphabet alphabet = side == Side.TARGET ? table.fitting.getOrDefault(column.name(), values) : values;
        boolean inKey = table.key.contains(column.name());
        boolean referenced = isReferenced(table, column.name());
        boolean fixed = inKey || referenced && !troubles.contains(Trouble.REFERENCED_VALUE);
        if (known && (fixed || dice.chance(75))) {
            boolean fits = twin == null
                    ? column.form(side).presence() == Presence.NULLABLE
                    : alphabet == values || alphabet.knows(twin);
            if (fits) {
                boolean respelled = inKey && dice.chance(10);
                return twin != null && respelled ? alphabet.respelled(twin, dice) : twin;
            }
        }
        return mayBeNull(table, side, column) && dice.chance(20) ? null : alphabet.value(dice);
    }

    private boolean mayBeNull(TableDraft table, Side side, Column column) {
        if (column.form(side).presence() == Presence.NOT_NULL) {
            return false;
        }
        if (!table.key.contains(column.name())) {
            return true;
        }
        return troubles.contains(side == Side.SOURCE ? Trouble.NULL_KEY_SOURCE : Trouble.NULL_KEY_TARGET);
    }

    /** What others reference is the same on both sides, unless that is the trouble, so that no update changes it. */
    private boolean isReferenced(TableDraft table, String column) {
        return tables.values().stream()
                .flatMap(child -> child.foreignKeys.stream())
                .anyMatch(reference -> reference.parent().equals(table.name)
                        && reference.parentColumns().contains(column));
    }

    private void close(TableDraft table, ForeignKey reference) {
        String column = reference.columns().get(0);
        for (Side side : Side.values()) {
            for (Entity entity : population.on(side, table.name).toList()) {
                Map<String, @Nullable String> values = entity.on(side);
                Map<String, Entity> parents = entity.parents(side);
                values.remove(column);
                if (!point(entity, side, reference, values, parents)) {
                    throw new Impossible(table.name + " needs a row of " + reference.parent());
                }
            }
        }
    }
}
