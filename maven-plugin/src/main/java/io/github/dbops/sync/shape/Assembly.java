package io.github.dbops.sync.shape;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Puts shapes together: columns, the references that fill some of them, and the order of writing. */
final class Assembly {

    private final Map<QualifiedName, PlannedColumns> tables;
    private final Function<QualifiedName, Table> targetTables;
    private final Execution execution;
    private final List<Problem> problems;

    Assembly(
            Map<QualifiedName, PlannedColumns> tables,
            Function<QualifiedName, Table> targetTables,
            Execution execution,
            List<Problem> problems) {
        this.tables = tables;
        this.targetTables = targetTables;
        this.execution = execution;
        this.problems = problems;
    }

    List<TableShape> shapes() {
        List<PlannedColumns> carried =
                tables.values().stream().filter(PlannedColumns::isCarried).toList();
        Links links = new Links(tables);
        Providers providers = new Providers(tables, links);
        ReferenceChecks checks = new ReferenceChecks(tables, providers, targetTables);
        tables.values()
                .forEach(table ->
                        links.of(table).forEach(link -> checks.problem(link).ifPresent(problems::add)));
        throwIfAny();
        TableOrder order = order(carried, links, providers);
        References references = new References(tables, links, providers, order);
        Map<QualifiedName, List<Reference>> bound = new HashMap<>();
        carried.forEach(table -> bound.put(table.name(), disjoint(references.of(table))));
        throwIfAny();
        List<TableShape> shapes = new ArrayList<>();
        for (int group = 0; group < order.groups().size(); group++) {
            for (QualifiedName name : order.groups().get(group)) {
                PlannedColumns table = Objects.requireNonNull(tables.get(name));
                shapes.add(shape(table, Objects.requireNonNull(bound.get(name)), references, group));
            }
        }
        throwIfAny();
        return shapes;
    }

    private TableOrder order(List<PlannedColumns> carried, Links links, Providers providers) {
        List<QualifiedName> names = carried.stream().map(PlannedColumns::name).toList();
        List<TableOrder.Edge> edges = carried.stream()
                .flatMap(table -> links.of(table).stream())
                .filter(link -> names.contains(link.parent()))
                .map(link -> References.edge(link, providers))
                .toList();
        TableOrder order = new TableOrder(names, edges);
        if (!order.circle().isEmpty()) {
            throw cycle(order.circle()).exception();
        }
        return order;
    }

    // Two references may want the same column where neither alone decides it; the first fills it.
    private static List<Reference> disjoint(List<Reference> references) {
        List<Reference> disjoint = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (Reference reference : references) {
            List<String> own = reference.provided().stream()
                    .filter(name -> !taken.contains(name))
                    .toList();
            taken.addAll(own);
            disjoint.add(new Reference(reference.foreignKey(), reference.parent(), own, reference.binding()));
        }
        return disjoint;
    }

    private TableShape shape(PlannedColumns table, List<Reference> bound, References references, int group) {
        List<String> notes = new ArrayList<>(table.notes());
        List<Column> reserved = references.reserved(table.name());
        reserved.forEach(column -> checkSequence(table, column, notes));
        bound.stream()
                .filter(reference -> reference.binding() == Reference.Binding.SECOND_STEP)
                .forEach(reference -> checkUpdate(table, reference, notes));
        return new TableShape(
                references.keys().of(table.name()),
                NaturalKeys.fields(table, table.columns(), column -> filling(bound, column)),
                bound,
                reserved,
                group,
                table.differences(),
                notes);
    }

    private static Optional<Reference> filling(List<Reference> bound, String column) {
        return bound.stream()
                .filter(reference -> reference.provided().contains(column))
                .findFirst();
    }

    private void checkSequence(PlannedColumns table, Column column, List<String> notes) {
        if (!column.sequenceUsable()) {
            QualifiedName sequence = column.sequence().orElseThrow();
            missing(
                    table,
                    "USAGE on the sequence " + sequence + ", whose ids rows that refer to each other need beforehand",
                    "GRANT USAGE ON SEQUENCE " + sequence.sql(),
                    notes);
        }
    }

    private void checkUpdate(PlannedColumns table, Reference reference, List<String> notes) {
        if (!table.target().privileges().update()) {
            missing(
                    table,
                    "UPDATE on " + table.name() + ", whose " + String.join(", ", reference.provided())
                            + " can only be filled once the referenced rows are there",
                    "GRANT UPDATE ON " + table.name().sql(),
                    notes);
        }
    }

    private void missing(PlannedColumns table, String what, String grant, List<String> notes) {
        String role = table.target().privileges().role();
        String sql = grant + " TO " + Identifier.quote(role) + ";";
        if (execution == Execution.APPLY) {
            problems.add(Problem.of(
                            Code.PRIVILEGE_MISSING,
                            "The target's role \"" + role + "\" lacks a privilege.",
                            "It has no " + what + ".",
                            "As the owner: " + sql)
                    .at(table.place()));
        } else {
            notes.add("The target's role \"" + role + "\" has no " + what + "; an apply needs: " + sql);
        }
    }

    private Problem cycle(List<TableOrder.Edge> circle) {
        StringBuilder told = new StringBuilder();
        circle.forEach(edge -> told.append(edge.child())
                .append(" (")
                .append(String.join(", ", edge.key().columns()))
                .append(") -> "));
        TableOrder.Edge first = circle.get(0);
        PlannedColumns table = Objects.requireNonNull(tables.get(first.child()));
        return Problem.of(
                        Code.FOREIGN_KEY_CYCLE,
                        "The planned tables reference each other in a circle.",
                        told.append(first.child())
                                + ": none of these references may be NULL at first, and none of the constraints can wait for the"
                                + " transaction's end, so no order lets every row's parent be there before it.",
                        "Let one of the constraints wait: ALTER TABLE "
                                + first.child().sql() + " ALTER CONSTRAINT "
                                + Identifier.quote(first.key().name()) + " DEFERRABLE;",
                        "Or allow NULL in one of the columns, put one into its table's \"exclude\", or skip one of the"
                                + " tables.")
                .at(table.place());
    }

    private void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }
}
