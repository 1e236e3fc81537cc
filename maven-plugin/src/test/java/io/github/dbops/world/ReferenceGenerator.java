package io.github.dbops.world;

import io.github.dbops.world.Column.Form;
import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import io.github.dbops.world.ForeignKey.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws foreign keys: to ids, natural keys and other unique columns, alone and together, in the key and beside it. */
final class ReferenceGenerator {

    private final Dice dice;
    private final Names names;
    private final Set<Trouble> troubles;
    private int count;

    ReferenceGenerator(Dice dice, Names names, Set<Trouble> troubles) {
        this.dice = dice;
        this.names = names;
        this.troubles = troubles;
    }

    /** A reference that is part of the child's key. */
    void inKey(TableDraft child, TableDraft parent) {
        List<String> referenced = choose(child, parent);
        if (referenced != null) {
            child.key.addAll(add(child, parent, referenced, Presence.NOT_NULL, Map.of()));
        }
    }

    /** A reference that is the child's primary key and not part of its key. */
    void asId(TableDraft child, TableDraft parent) {
        List<String> referenced = choose(child, parent);
        if (referenced != null) {
            child.surrogates.addAll(add(child, parent, referenced, Presence.NOT_NULL, Map.of()));
        }
    }

    /** References to tables that were drawn before. */
    void toParents(TableDraft child, List<TableDraft> parents) {
        if (parents.isEmpty()) {
            return;
        }
        int wanted = dice.between(0, 2);
        for (int i = 0; i < wanted; i++) {
            TableDraft parent = dice.pick(parents);
            List<String> referenced = choose(child, parent);
            if (referenced != null) {
                add(child, parent, referenced, presence(), Map.of());
            }
        }
        if (dice.chance(60)) {
            sharing(child, parents);
        }
    }

    /**
     * The tenant's pattern: a parent whose key has a reference gets a unique pair of that reference and its id, and the
     * child references the pair by the very column by which it references the parent's parent.
     */
    private void sharing(TableDraft child, List<TableDraft> parents) {
        List<TableDraft> tenanted = parents.stream()
                .filter(parent -> parent.role.isIdentified() && parent.surrogates.size() == 1)
                .filter(parent -> tenantReference(parent) != null)
                .toList();
        if (tenanted.isEmpty() || !child.role.isIdentified()) {
            return;
        }
        TableDraft parent = dice.pick(tenanted);
        ForeignKey tenant = tenantReference(parent);
        if (tenant == null) {
            return;
        }
        List<String> pair = List.of(tenant.columns().get(0), parent.surrogates.get(0));
        String unique = "pair_" + parent.number;
        if (parent.uniques.stream().noneMatch(u -> u.name().equals(unique))) {
            parent.uniques.add(UniqueIndex.of(unique, UniqueIndex.Form.CONSTRAINT, pair));
        }
        Map<String, String> shared = new HashMap<>();
        child.foreignKeys.stream()
                .filter(reference -> reference.parent().equals(tenant.parent()))
                .filter(reference -> reference.parentColumns().equals(tenant.parentColumns()))
                .findFirst()
                .ifPresent(
                        reference -> shared.put(pair.get(0), reference.columns().get(0)));
        add(child, parent, pair, presence(), shared);
    }

    private static @Nullable ForeignKey tenantReference(TableDraft parent) {
        return parent.foreignKeys.stream()
                .filter(reference -> reference.columns().size() == 1
                        && parent.key.containsAll(reference.columns())
                        && parent.foreignKeys.stream()
                                        .filter(other -> other.columns()
                                                .contains(reference.columns().get(0)))
                                        .count()
                                == 1)
                .findFirst()
                .orElse(null);
    }

    private Presence presence() {
        return dice.chance(45) ? Presence.NULLABLE : Presence.NOT_NULL;
    }

    private @Nullable List<String> choose(TableDraft child, TableDraft parent) {
        List<List<String>> choices = parent.referencable().stream()
                .filter(columns -> isAllowed(child, parent, columns))
                .toList();
        return choices.isEmpty() ? null : dice.pick(choices);
    }

    // To a table that cannot be told a reference is taken as it is: it must not be a number that means nothing.
    private static boolean isAllowed(TableDraft child, TableDraft parent, List<String> columns) {
        return !child.role.isIdentified()
                || parent.role.isIdentified()
                || columns.stream().noneMatch(parent::isReference);
    }

    /** Adds a reference with new columns, but for those that it shares with another one; answers its columns. */
    private List<String> add(
            TableDraft child,
            TableDraft parent,
            List<String> referenced,
            Presence presence,
            Map<String, String> shared) {
        List<String> columns = new ArrayList<>();
        for (String parentColumn : referenced) {
            String sharedColumn = shared.get(parentColumn);
            String name = sharedColumn == null ? names.reference(child, parent, parentColumn) : sharedColumn;
            columns.add(name);
            if (sharedColumn == null) {
                child.add(referencing(name, parent.column(parentColumn), presence), parent.alphabets.get(parentColumn));
            }
        }
        Timing timing = dice.pick(List.of(Timing.AT_ONCE, Timing.AT_ONCE, Timing.DEFERRABLE, Timing.DEFERRED));
        ForeignKey reference =
                new ForeignKey("fk_" + count++, columns, parent.name, referenced, timing, actions(child, columns));
        child.foreignKeys.add(reference);
        if (!parent.role.isIdentified() || !child.role.isIdentified()) {
            allowRaw(child, parent, reference);
        }
        return columns;
    }

    private void allowRaw(TableDraft child, TableDraft parent, ForeignKey reference) {
        boolean sequence = reference.parentColumns().stream()
                .anyMatch(c -> parent.column(c).origin().isSequence());
        if (child.role == TableDraft.Role.PLANNED && sequence && !troubles.contains(Trouble.RAW_REFERENCE)) {
            child.raw.addAll(reference.columns());
        }
    }

    /** Of the parent's types; a number that a sequence makes is sometimes referenced by a smaller or larger type. */
    private Column referencing(String name, Column parent, Presence presence) {
        boolean otherwise = parent.origin().isSequence() && dice.chance(15);
        String source = parent.form(Side.SOURCE).type();
        String target = parent.form(Side.TARGET).type();
        String other = dice.pick(List.of("integer", "bigint"));
        return new Column(
                name,
                new Form(otherwise ? other : source, presence),
                new Form(otherwise ? other : target, presence),
                Origin.GIVEN,
                null);
    }

    private String actions(TableDraft child, List<String> columns) {
        List<String> choices = new ArrayList<>(List.of(
                "",
                "",
                "",
                "ON DELETE CASCADE",
                "ON DELETE RESTRICT",
                "ON UPDATE CASCADE",
                "ON UPDATE CASCADE ON DELETE CASCADE"));
        boolean nullable =
                columns.stream().allMatch(c -> child.column(c).form(Side.TARGET).presence() == Presence.NULLABLE);
        if (nullable) {
            choices.add("ON DELETE SET NULL");
        }
        return dice.pick(choices);
    }

    /** References that close a circle: of a table to itself, of a parent to its child. */
    void circles(List<TableDraft> tables) {
        boolean rigid = troubles.contains(Trouble.CYCLE);
        for (TableDraft table : tables) {
            if (dice.chance(15) && table.storage.partitionBy() == null) {
                close(table, table, Rigidity.of(rigid && dice.chance(50)));
            }
        }
        for (TableDraft child : tables) {
            Set<String> seen = new HashSet<>();
            for (ForeignKey reference : List.copyOf(child.foreignKeys)) {
                TableDraft parent = tables.stream()
                        .filter(t -> t.name.equals(reference.parent()))
                        .findFirst()
                        .orElseThrow();
                boolean planned = child.role.isIdentified() == parent.role.isIdentified();
                if (parent != child && planned && seen.add(parent.name) && dice.chance(rigid ? 60 : 12)) {
                    if (rigid) {
                        stiffen(child, reference);
                    }
                    close(parent, child, Rigidity.of(rigid));
                }
            }
        }
    }

    /** Whether a reference can be written before its parent. */
    private enum Rigidity {
        BREAKABLE,
        RIGID;

        static Rigidity of(boolean rigid) {
            return rigid ? RIGID : BREAKABLE;
        }
    }

    private static void stiffen(TableDraft child, ForeignKey reference) {
        reference.columns().forEach(name -> {
            Column column = child.column(name);
            child.replace(new Column(
                    name,
                    new Form(column.form(Side.SOURCE).type(), Presence.NOT_NULL),
                    new Form(column.form(Side.TARGET).type(), Presence.NOT_NULL),
                    column.origin(),
                    column.expression()));
        });
        child.foreignKeys.replaceAll(old -> old.equals(reference)
                ? new ForeignKey(old.name(), old.columns(), old.parent(), old.parentColumns(), Timing.AT_ONCE, "")
                : old);
    }

    private void close(TableDraft child, TableDraft parent, Rigidity rigidity) {
        List<List<String>> choices = parent.referencable().stream()
                .filter(columns -> columns.size() == 1)
                .filter(columns -> isAllowed(child, parent, columns))
                .toList();
        if (choices.isEmpty()) {
            return;
        }
        boolean nullable = rigidity == Rigidity.BREAKABLE && dice.chance(60);
        List<String> columns =
                add(child, parent, dice.pick(choices), nullable ? Presence.NULLABLE : Presence.NOT_NULL, Map.of());
        ForeignKey added = child.foreignKeys.get(child.foreignKeys.size() - 1);
        Timing timing = rigidity == Rigidity.RIGID
                ? Timing.AT_ONCE
                : nullable ? added.timing() : dice.pick(List.of(Timing.DEFERRABLE, Timing.DEFERRED));
        child.foreignKeys.set(
                child.foreignKeys.size() - 1,
                new ForeignKey(added.name(), columns, parent.name, added.parentColumns(), timing, ""));
        child.late.add(added.name());
    }
}
