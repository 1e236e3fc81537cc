package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.Reference.Binding;
import io.github.dbops.sync.ReferenceField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How the references of each table are bound: which wait for their parent, which are written together with it. A row that
 * is inserted together with its parent must know the parent's id beforehand; where the target generates it, the column is
 * reserved: its values are drawn before anything is inserted.
 */
final class References {

    private final Map<QualifiedName, PlannedColumns> tables;
    private final Links links;
    private final Providers providers;
    private final NaturalKeys keys;
    private final TableOrder order;
    private final Map<QualifiedName, Set<Column>> reserved = new HashMap<>();

    References(Map<QualifiedName, PlannedColumns> tables, Links links, Providers providers, TableOrder order) {
        this.tables = tables;
        this.links = links;
        this.providers = providers;
        this.keys = new NaturalKeys(tables, providers);
        this.order = order;
    }

    NaturalKeys keys() {
        return keys;
    }

    /** Columns to be reserved in a table; complete once {@link #of} was asked for every table. */
    List<Column> reserved(QualifiedName table) {
        return List.copyOf(reserved.getOrDefault(table, Set.of()));
    }

    /** All references of a table whose parents can be told. */
    List<Reference> of(PlannedColumns child) {
        List<Reference> references = new ArrayList<>();
        for (Link link : links.of(child)) {
            if (providers.canTranslate(link)) {
                references.add(bound(link));
            }
        }
        return references;
    }

    private Reference bound(Link link) {
        PlannedColumns parent = Objects.requireNonNull(tables.get(link.parent()));
        if (!parent.isCarried()) {
            return keys.reference(link, Binding.PARENT_FIRST);
        }
        Binding binding = binding(link);
        Reference reference = keys.reference(link, binding);
        return switch (binding) {
            case PARENT_FIRST -> reference;
            case SECOND_STEP -> widened(reference, link.open());
            case BY_STAGE, SAME_STATEMENT, DEFERRED -> together(link, reference);
        };
    }

    private Binding binding(Link link) {
        Binding binding = order.binding(edge(link, providers));
        return binding == Binding.PARENT_FIRST && !canBeFound(link.parent(), link.child()) ? Binding.BY_STAGE : binding;
    }

    // A row is found by its key; what that refers to must be written as well. Of a table that is not written, both are.
    private boolean canBeFound(QualifiedName parent, PlannedColumns writing) {
        return !Objects.requireNonNull(tables.get(parent)).isCarried()
                || (order.isBefore(parent, writing.name())
                        && ReferenceField.references(keys.of(parent).fields())
                                .allMatch(above -> canBeFound(above.parent().name(), writing)));
    }

    /** The link as the order of tables knows it. */
    static TableOrder.Edge edge(Link link, Providers providers) {
        List<String> open = link.open();
        boolean canWait = !open.isEmpty() && open.containsAll(providers.provided(link));
        return new TableOrder.Edge(
                link.child().name(), link.key(), link.parent(), canWait && !link.isRaw() && link.isWhole());
    }

    private Reference together(Link link, Reference reference) {
        reference.provided().forEach(column -> reserve(link, column, link.child()));
        // An update may have to wait for rows that the same table's insert brings, so that the whole reference is
        // looked up when its turn comes.
        return reference.binding() == Binding.SAME_STATEMENT ? widened(reference, free(link)) : reference;
    }

    // What the parent's column will hold must be known before its row is there: carried values are, what it has from a
    // parent of its own is followed, and what the target generates is drawn beforehand.
    private void reserve(Link link, String column, PlannedColumns writing) {
        PlannedColumns parent = Objects.requireNonNull(tables.get(link.parent()));
        String there = link.key().parentColumn(column);
        if (canBeFound(parent.name(), writing)) {
            return;
        }
        if (parent.column(there).isPresent()) {
            providers.of(parent, there).ifPresent(above -> reserve(above, there, writing));
            return;
        }
        parent.target()
                .column(there)
                .filter(target -> target.generator().isPresent())
                .ifPresent(target -> reserved.computeIfAbsent(parent.name(), name -> new LinkedHashSet<>())
                        .add(target));
    }

    // Columns of the link that no other one fills and that do not tell the row.
    private List<String> free(Link link) {
        return link.key().columns().stream()
                .filter(name -> !link.child().isInKey(name))
                .filter(name ->
                        providers.of(link.child(), name).map(link::equals).orElse(true))
                .toList();
    }

    private static Reference widened(Reference reference, List<String> columns) {
        Set<String> provided = new LinkedHashSet<>(reference.provided());
        provided.addAll(columns);
        List<String> ordered = reference.foreignKey().columns().stream()
                .filter(provided::contains)
                .toList();
        return new Reference(reference.foreignKey(), reference.parent(), ordered, reference.binding());
    }
}
