package io.github.dbops.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the contract says of a world before any row is read: each table's rules, the order of keys, and refusals. */
final class Contract {

    private static final Set<String> NO_KEY_TYPES =
            Set.of("jsonb", "json", "double precision", "real", "integer[]", "int4range", "text COLLATE any_case");

    private final World world;
    private final Map<String, Rules> rules = new LinkedHashMap<>();

    Contract(World world) {
        this.world = world;
        world.tables().forEach(table -> rules.put(table.name(), new Rules(world, table)));
    }

    World world() {
        return world;
    }

    Rules rules(String table) {
        Rules found = rules.get(table);
        if (found == null) {
            throw new IllegalArgumentException("no table " + table);
        }
        return found;
    }

    /** The tables that an apply may write. */
    List<Rules> written() {
        return rules.values().stream().filter(Rules::isWritten).toList();
    }

    /** The tables whose rows have natural keys, each after those that its key references. */
    List<Rules> byKeys() {
        List<Rules> ordered = new ArrayList<>();
        rules.values().stream().filter(Rules::isIdentified).forEach(each -> place(each, ordered, new HashSet<>()));
        return ordered;
    }

    private void place(Rules each, List<Rules> ordered, Set<String> under) {
        if (ordered.contains(each)) {
            return;
        }
        if (!under.add(each.table().name())) {
            throw new IllegalStateException("a key that contains itself: " + under);
        }
        each.keyReferences().forEach(reference -> place(rules(reference.parent()), ordered, under));
        under.remove(each.table().name());
        ordered.add(each);
    }

    /** Why the run must be refused before any row is read. */
    Set<Reason> refusals() {
        Set<Reason> reasons = Reason.none();
        for (Rules each : written()) {
            if (isProtected(each) && each.entry().updates() && world.spelling().words() == World.Words.UNSAID) {
                reasons.add(Reason.PROTECTED);
            }
            addColumnReasons(each, reasons);
            for (ForeignKey reference : each.rawReferences()) {
                if (isSequenceBacked(reference)
                        && each.entry().rawReferences().stream().noneMatch(reference.columns()::contains)) {
                    reasons.add(Reason.RAW_REFERENCE);
                }
            }
        }
        if (hasRigidCycle(Loops.LEFT_OUT)) {
            reasons.add(Reason.CYCLE);
        }
        return reasons;
    }

    /** Why the run may be refused before any row is read. */
    Set<Reason> possibleRefusals() {
        Set<Reason> reasons = Reason.none();
        if (hasRigidCycle(Loops.COUNTED)) {
            reasons.add(Reason.CYCLE);
        }
        for (Rules each : written()) {
            if (each.inserted().stream().map(each.table()::column).anyMatch(Contract::isDoubtful)) {
                reasons.add(Reason.TYPE_MISMATCH);
            }
        }
        return reasons;
    }

    /** Whether a table that references itself is a circle. */
    private enum Loops {
        LEFT_OUT,
        COUNTED
    }

    private static void addColumnReasons(Rules each, Set<Reason> reasons) {
        Table table = each.table();
        List<String> inserted = each.inserted();
        for (Column column : table.columns()) {
            boolean takesPart = inserted.contains(column.name());
            if (column.mustBeGiven() && !takesPart) {
                reasons.add(Reason.NOT_PROVIDED);
            }
            if (takesPart
                    && TypePair.of(type(column, Side.SOURCE), type(column, Side.TARGET))
                            .isMismatch()) {
                reasons.add(Reason.TYPE_MISMATCH);
            }
            if (takesPart && type(column, Side.TARGET).equals("oid")) {
                reasons.add(Reason.UNSUPPORTED_COLUMN);
            }
            if (each.key().contains(column.name()) && NO_KEY_TYPES.contains(type(column, Side.TARGET))) {
                reasons.add(Reason.KEY_TYPE);
            }
        }
    }

    private static boolean isDoubtful(Column column) {
        return TypePair.of(type(column, Side.SOURCE), type(column, Side.TARGET)).isDoubtful();
    }

    private static String type(Column column, Side side) {
        return column.form(side).type();
    }

    private boolean isSequenceBacked(ForeignKey reference) {
        Table parent = world.table(reference.parent());
        return reference.parentColumns().stream()
                .anyMatch(c -> parent.column(c).origin().isSequence());
    }

    /** The built-in patterns alone: worlds have no others. */
    private static boolean isProtected(Rules each) {
        String bare = each.table().name().toLowerCase(Locale.ROOT).replace("_", "");
        return bare.startsWith("order")
                || Set.of("stripeevent", "stripeevents", "notificationlog", "notificationlogs")
                        .contains(bare);
    }

    /** Whether references of written rows form a circle in which none is deferrable and none has a column to fill later. */
    private boolean hasRigidCycle(Loops loops) {
        Map<String, Set<String>> edges = new LinkedHashMap<>();
        for (Rules each : written()) {
            Set<String> parents = new HashSet<>();
            each.insertedReferences().stream()
                    .filter(reference -> loops == Loops.COUNTED
                            || !reference.parent().equals(each.table().name()))
                    .filter(reference -> !reference.timing().isDeferrable() && !canBeFilledLater(each, reference))
                    .forEach(reference -> parents.add(reference.parent()));
            edges.put(each.table().name(), parents);
        }
        boolean shrunk = true;
        while (shrunk) {
            Set<String> leaves = new HashSet<>();
            edges.forEach((table, parents) -> {
                if (parents.stream().noneMatch(edges::containsKey)) {
                    leaves.add(table);
                }
            });
            shrunk = edges.keySet().removeAll(leaves);
        }
        return !edges.isEmpty();
    }

    private static boolean canBeFilledLater(Rules each, ForeignKey reference) {
        return Rules.without(reference.columns(), each.key()).stream()
                .anyMatch(c -> each.table().column(c).form(Side.TARGET).presence() == Column.Presence.NULLABLE);
    }
}
