package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.ForeignKey;
import io.github.dbops.sync.Reference.Binding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The order in which tables are written: parents before the tables that reference them, among equals by name. Tables
 * whose references go round make a group; inside it deferrable constraints, then columns that may be NULL, are what gives
 * way.
 */
final class TableOrder {

    private final List<Edge> edges;
    private final List<List<QualifiedName>> groups = new ArrayList<>();
    private final Map<QualifiedName, Integer> places = new HashMap<>();
    private final List<Edge> circle = new ArrayList<>();

    /**
     * Orders tables.
     *
     * @param tables all that are written
     * @param edges all foreign keys among them that a sync fills
     */
    TableOrder(Collection<QualifiedName> tables, List<Edge> edges) {
        this.edges = edges;
        Set<QualifiedName> left = new TreeSet<>(tables);
        while (!left.isEmpty()) {
            List<QualifiedName> group = next(left);
            for (QualifiedName table : ordered(group)) {
                places.put(table, places.size());
            }
            groups.add(group.stream()
                    .sorted((one, other) -> Integer.compare(place(one), place(other)))
                    .toList());
            left.removeAll(group);
        }
    }

    /** Groups in the order in which they are written, and inside them tables in theirs. */
    List<List<QualifiedName>> groups() {
        return groups;
    }

    /** References that go round, none of which can give way; empty where an order was found. */
    List<Edge> circle() {
        return circle;
    }

    /** Whether all of one table is there before the other is written; one that is not written is there already. */
    boolean isBefore(QualifiedName one, QualifiedName other) {
        Integer place = places.get(one);
        return place == null || place < place(other);
    }

    /** How a foreign key's parent is made sure to be there. */
    Binding binding(Edge edge) {
        if (edge.child().equals(edge.parent())) {
            return edge.key().deferrable() ? Binding.DEFERRED : Binding.SAME_STATEMENT;
        }
        if (place(edge.parent()) < place(edge.child())) {
            return Binding.PARENT_FIRST;
        }
        return edge.key().deferrable() ? Binding.DEFERRED : Binding.SECOND_STEP;
    }

    private int place(QualifiedName table) {
        return Objects.requireNonNull(places.get(table));
    }

    // The first table by name whose ancestors are all itself, or lead back to it; these make the group.
    private List<QualifiedName> next(Set<QualifiedName> left) {
        for (QualifiedName table : left) {
            Set<QualifiedName> ancestors = ancestors(table, left);
            boolean closed = ancestors.stream()
                    .allMatch(ancestor ->
                            ancestor.equals(table) || ancestors(ancestor, left).contains(table));
            if (closed) {
                ancestors.add(table);
                return List.copyOf(new TreeSet<>(ancestors));
            }
        }
        throw new IllegalStateException("some group has no parents outside itself");
    }

    private Set<QualifiedName> ancestors(QualifiedName table, Set<QualifiedName> among) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        List<QualifiedName> open = new ArrayList<>(List.of(table));
        while (!open.isEmpty()) {
            QualifiedName child = open.remove(open.size() - 1);
            edges.stream()
                    .filter(edge -> edge.child().equals(child) && among.contains(edge.parent()))
                    .map(Edge::parent)
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }

    private List<QualifiedName> ordered(List<QualifiedName> group) {
        List<Edge> inner = edges.stream()
                .filter(edge -> group.contains(edge.child()) && group.contains(edge.parent()))
                .filter(edge -> !edge.child().equals(edge.parent()))
                .toList();
        Predicate<Edge> rigid = edge -> !edge.key().deferrable();
        List<QualifiedName> order =
                topological(group, inner.stream().filter(rigid).toList());
        if (order.size() < group.size()) {
            rigid = rigid.and(edge -> !edge.canBeFilledLater());
            order = topological(group, inner.stream().filter(rigid).toList());
        }
        if (order.size() < group.size()) {
            circle.addAll(
                    circle(new HashSet<>(order), inner.stream().filter(rigid).toList()));
            return group;
        }
        return order;
    }

    private static List<QualifiedName> topological(List<QualifiedName> group, List<Edge> rigid) {
        List<QualifiedName> order = new ArrayList<>();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (QualifiedName table : group) {
                boolean ready = rigid.stream()
                        .filter(edge -> edge.child().equals(table))
                        .allMatch(edge -> order.contains(edge.parent()));
                if (ready && !order.contains(table)) {
                    order.add(table);
                    moved = true;
                    break;
                }
            }
        }
        return order;
    }

    // Every table that is left references one that is left: following any of them must come back to itself.
    private static List<Edge> circle(Set<QualifiedName> done, List<Edge> rigid) {
        List<Edge> open = rigid.stream()
                .filter(edge -> !done.contains(edge.parent()) && !done.contains(edge.child()))
                .toList();
        List<Edge> path = new ArrayList<>();
        QualifiedName at = open.get(0).child();
        while (true) {
            QualifiedName here = at;
            Edge out = open.stream()
                    .filter(edge -> edge.child().equals(here))
                    .findFirst()
                    .orElseThrow();
            int before = path.indexOf(out);
            if (before >= 0) {
                return List.copyOf(path.subList(before, path.size()));
            }
            path.add(out);
            at = out.parent();
        }
    }

    /**
     * A foreign key between two tables that are written.
     *
     * @param child the referencing table
     * @param key the foreign key
     * @param parent the referenced table
     * @param canBeFilledLater a row may be inserted without it, and get it by an update
     */
    record Edge(QualifiedName child, ForeignKey key, QualifiedName parent, boolean canBeFilledLater) {}
}
