package io.github.dbops.world;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws what the plan says of tables that are drawn already. */
final class PlanGenerator {

    private final Dice dice;
    private final Set<Trouble> troubles;
    private final List<TableDraft> tables;

    PlanGenerator(Dice dice, Set<Trouble> troubles, List<TableDraft> tables) {
        this.dice = dice;
        this.troubles = troubles;
        this.tables = tables;
    }

    void draw() {
        for (TableDraft table : tables) {
            if (table.role == TableDraft.Role.PLANNED) {
                policy(table);
                leaveOut(table);
                ids(table);
                where(table);
                sensitive(table);
                if (dice.chance(8) || troubles.contains(Trouble.TOUCHED)) {
                    table.audited = Table.Audited.YES;
                }
            }
        }
    }

    private void policy(TableDraft table) {
        table.mode = dice.chance(82) ? Mode.UPSERT : Mode.APPEND;
        int choice = dice.between(0, 99);
        if (table.mode == Mode.UPSERT) {
            table.onConflict = choice < 80 ? OnConflict.LOCAL_WINS : OnConflict.PROD_WINS;
            if (troubles.contains(Trouble.CONFLICT) && dice.chance(60)) {
                table.onConflict = OnConflict.ERROR_ON_CONFLICT;
            }
        }
    }

    /** Whether the plan's {@code local_wins} needs the two words: the built-in patterns alone. */
    static boolean needsWords(TableDraft table) {
        return table.onConflict == OnConflict.LOCAL_WINS
                && table.name.toLowerCase(Locale.ROOT).replace("_", "").startsWith("order");
    }

    /** Columns for {@code exclude}, {@code ignore} and {@code columns}; what belongs to one reference stays together. */
    private void leaveOut(TableDraft table) {
        for (List<String> group : groups(table)) {
            boolean reference = table.isReference(group.get(0));
            boolean optional = group.stream().map(table::column).allMatch(PlanGenerator::isOptional);
            if (optional && dice.chance(10)) {
                table.exclude.addAll(group);
            } else if (dice.chance(10) && group.stream().noneMatch(table::isLate) && !isUnfit(table, group)) {
                table.ignore.addAll(group);
            }
            if (troubles.contains(Trouble.NOT_PROVIDED) && !reference && dice.chance(30)) {
                table.exclude.addAll(Rules.without(group, table.exclude));
                table.ignore.removeAll(group);
            }
        }
        if (dice.chance(20)) {
            say(table);
        }
    }

    /** Where the types lose something, or cannot be carried, it is the comparison that has to say so. */
    private boolean isUnfit(TableDraft table, List<String> group) {
        return group.stream()
                .map(table::column)
                .anyMatch(c -> c.form(Side.TARGET).type().equals("oid") || c.origin() == Origin.TOUCHED);
    }

    private static boolean isOptional(Column column) {
        return column.target() == null
                || column.target().presence() == Presence.NULLABLE
                || column.origin() == Origin.DEFAULT;
    }

    /** Columns of both sides that are no key, no surrogate and not computed, each with those that share a reference with it. */
    private List<List<String>> groups(TableDraft table) {
        List<List<String>> groups = new ArrayList<>();
        Set<String> done = new HashSet<>(table.key);
        done.addAll(table.surrogates);
        for (Column column : table.columns) {
            if (!column.isShared() || column.origin() == Origin.COMPUTED || column.origin() == Origin.TOUCHED) {
                continue;
            }
            List<String> group = together(table, column.name());
            if (group.stream().noneMatch(done::contains)) {
                groups.add(group);
            }
            done.addAll(group);
        }
        return groups;
    }

    private static List<String> together(TableDraft table, String column) {
        List<String> group = new ArrayList<>(List.of(column));
        for (int i = 0; i < group.size(); i++) {
            String each = group.get(i);
            table.foreignKeys.stream()
                    .filter(reference -> reference.columns().contains(each))
                    .flatMap(reference -> reference.columns().stream())
                    .filter(other -> !group.contains(other))
                    .forEach(group::add);
        }
        return group;
    }

    /** Says {@code columns}: all that must be given, and some others. */
    private void say(TableDraft table) {
        List<String> said = new ArrayList<>();
        if (dice.chance(60)) {
            said.addAll(table.key);
        }
        for (List<String> group : groups(table)) {
            boolean free = Stream.of(table.exclude, table.ignore).noneMatch(list -> overlap(list, group));
            boolean optional = group.stream().map(table::column).allMatch(PlanGenerator::isOptional);
            if (free && (!optional || dice.chance(60))) {
                said.addAll(Rules.without(group, said));
            }
        }
        table.columns.stream()
                .filter(c -> c.origin() == Origin.TOUCHED && !table.ignore.contains(c.name()))
                .forEach(c -> said.add(c.name()));
        // A reference that begins in the key ends there too, or the row could not be written.
        table.foreignKeys.stream()
                .filter(reference -> overlap(table.key, reference.columns()))
                .flatMap(reference -> Rules.without(reference.columns(), table.key).stream())
                .filter(c -> !said.contains(c) && !table.exclude.contains(c) && !table.ignore.contains(c))
                .forEach(said::add);
        if (!said.isEmpty()) {
            table.said = said;
        }
    }

    private static boolean overlap(Collection<String> some, Collection<String> others) {
        return some.stream().anyMatch(others::contains);
    }

    private void ids(TableDraft table) {
        if (table.surrogates.isEmpty() || table.isReference(table.surrogates.get(0)) || !dice.chance(30)) {
            return;
        }
        Column id = table.column(table.surrogates.get(0));
        boolean plain = id.origin() == Origin.GIVEN;
        table.ids = plain && !troubles.contains(Trouble.NOT_PROVIDED) ? Ids.KEEP : dice.pick(List.of(Ids.values()));
    }

    private void where(TableDraft table) {
        boolean referenced = tables.stream()
                .flatMap(child -> child.foreignKeys.stream())
                .anyMatch(reference -> reference.parent().equals(table.name));
        boolean wanted = dice.chance(troubles.contains(Trouble.BLOCKED) ? 80 : 25);
        if (!wanted || referenced && !troubles.contains(Trouble.BLOCKED)) {
            return;
        }
        table.where = condition(table);
    }

    private @Nullable String condition(TableDraft table) {
        List<Column> simple = table.columns.stream()
                .filter(c ->
                        c.source() != null && !table.isReference(c.name()) && table.alphabets.containsKey(c.name()))
                .toList();
        if (simple.isEmpty()) {
            return null;
        }
        Column column = dice.pick(simple);
        String name = Identifier.quote(column.name());
        String type = column.form(Side.SOURCE).type();
        List<String> conditions = new ArrayList<>(List.of(
                name + " IS NOT NULL", name + " IS NULL OR true", "EXISTS (SELECT 1 WHERE " + name + " IS NOT NULL)"));
        if (type.equals("integer")) {
            conditions.add(name + " > 0");
            conditions.add(name + " <> 1 /* not one */");
        } else if (type.equals("text")) {
            conditions.add(name + " <> 'a'");
            conditions.add("length(" + name + ") IN (1, 2, 9)");
        } else if (type.equals("boolean")) {
            conditions.add(name);
            conditions.add("NOT " + name);
        }
        // The last one is the most likely to leave a row out.
        return troubles.contains(Trouble.BLOCKED) ? conditions.get(conditions.size() - 1) : dice.pick(conditions);
    }

    /** A secret is a value that can be looked for; nobody references it, or it would stand in another table too. */
    private void sensitive(TableDraft table) {
        List<String> names = table.columns.stream()
                .filter(c -> c.isShared() && c.origin() == Origin.GIVEN && !table.isReference(c.name()))
                .filter(c -> c.form(Side.SOURCE).type().equals("text")
                        && c.form(Side.TARGET).type().equals("text"))
                .map(Column::name)
                .filter(name -> !isAskedFor(table, name) && table.alphabets.containsKey(name))
                .toList();
        if (dice.chance(40)) {
            for (String name : dice.some(names, 1)) {
                table.sensitive.add(name);
                table.alphabets.put(name, Alphabets.SECRETS);
            }
        }
    }

    private boolean isAskedFor(TableDraft table, String column) {
        String quoted = Identifier.quote(column);
        return String.valueOf(table.where).contains(quoted)
                || String.valueOf(table.storage.partitionBy()).contains(quoted)
                || tables.stream()
                        .flatMap(child -> child.foreignKeys.stream())
                        .anyMatch(reference -> reference.parent().equals(table.name)
                                && reference.parentColumns().contains(column));
    }
}
