package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Planned tables, parents before the tables that reference them; among equals by name. */
final class TableOrder {

    private final Map<QualifiedName, TableShape> shapes = new LinkedHashMap<>();
    private final Map<QualifiedName, List<Table.ForeignKey>> references = new HashMap<>();

    TableOrder(List<TableShape> planned) {
        planned.stream().sorted(Comparator.comparing(TableShape::name)).forEach(s -> shapes.put(s.name(), s));
        shapes.forEach((name, shape) -> references.put(
                name,
                shape.target().foreignKeys().stream()
                        .filter(fk -> shapes.containsKey(fk.parent()) && References.isWritten(shape, fk))
                        .toList()));
    }

    /**
     * The order.
     *
     * @throws io.github.dbops.problem.ProblemException (FOREIGN_KEY_CYCLE) with the cycle spelled out
     */
    List<TableShape> parentsFirst() {
        List<TableShape> ordered = new ArrayList<>();
        Set<QualifiedName> done = new LinkedHashSet<>();
        while (done.size() < shapes.size()) {
            Optional<QualifiedName> next = shapes.keySet().stream()
                    .filter(name -> !done.contains(name))
                    .filter(name -> references(name).stream().allMatch(fk -> done.contains(fk.parent())))
                    .findFirst();
            if (next.isEmpty()) {
                throw cycle(done).exception();
            }
            done.add(next.get());
            ordered.add(shapes.get(next.get()));
        }
        return ordered;
    }

    private List<Table.ForeignKey> references(QualifiedName child) {
        return references.getOrDefault(child, List.of());
    }

    private Problem cycle(Set<QualifiedName> done) {
        // Every table that is left references one that is left: following any of them must come back to itself.
        QualifiedName at = shapes.keySet().stream()
                .filter(name -> !done.contains(name))
                .findFirst()
                .orElseThrow();
        Map<QualifiedName, Table.ForeignKey> path = new LinkedHashMap<>();
        while (!path.containsKey(at)) {
            Table.ForeignKey out = references(at).stream()
                    .filter(fk -> !done.contains(fk.parent()))
                    .findFirst()
                    .orElseThrow();
            path.put(at, out);
            at = out.parent();
        }
        QualifiedName start = at;
        StringBuilder told = new StringBuilder();
        boolean inside = false;
        for (Map.Entry<QualifiedName, Table.ForeignKey> step : path.entrySet()) {
            inside |= step.getKey().equals(start);
            if (inside) {
                told.append(step.getKey())
                        .append(" (")
                        .append(String.join(", ", step.getValue().columns()))
                        .append(") -> ");
            }
        }
        TableShape shape = Objects.requireNonNull(shapes.get(start));
        return Problem.of(
                        Code.FOREIGN_KEY_CYCLE,
                        "The planned tables reference each other in a circle.",
                        told.append(start) + ": no order lets every row's parent be there before it.",
                        "Put one of these foreign key columns into its table's \"exclude\", or skip one of the tables.")
                .at(shape.planned().position() + ", table " + start);
    }
}
