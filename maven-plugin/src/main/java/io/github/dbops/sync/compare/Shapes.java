package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plan's tables as both catalogs have them; everything that does not fit is collected and thrown together. */
final class Shapes {

    private final Plan plan;
    private final Execution execution;
    private final Catalog source;
    private final Catalog target;
    private final List<Problem> problems = new ArrayList<>();

    Shapes(Plan plan, Execution execution, Catalog source, Catalog target) {
        this.plan = plan;
        this.execution = execution;
        this.source = source;
        this.target = target;
    }

    /**
     * Shapes of all tables that are not skipped, parents first.
     *
     * @throws ProblemException with every mismatch between plan, source and target
     */
    List<TableShape> read() {
        List<TableShape> shapes = new ArrayList<>();
        Map<QualifiedName, PlannedTable> seen = new HashMap<>();
        for (PlannedTable planned : plan.active()) {
            Optional<QualifiedName> here = resolve(source, planned, "source");
            Optional<QualifiedName> there = resolve(target, planned, "target");
            if (here.isEmpty() || there.isEmpty()) {
                continue;
            }
            PlannedTable earlier = seen.put(there.get(), planned);
            if (earlier != null) {
                problems.add(twice(earlier, planned, there.get()));
                continue;
            }
            Table sourceTable = source.table(here.get());
            Table targetTable = target.table(there.get());
            new ShapeReader(planned, sourceTable, targetTable, execution, problems)
                    .read()
                    .ifPresent(shapes::add);
        }
        throwIfAny();
        List<TableShape> marked = References.marked(shapes);
        problems.addAll(new References(marked, target::table).problems());
        throwIfAny();
        return new TableOrder(marked).parentsFirst();
    }

    private void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private Optional<QualifiedName> resolve(Catalog catalog, PlannedTable planned, String side) {
        Optional<QualifiedName> found = catalog.resolve(planned.name());
        if (found.isEmpty()) {
            List<String> names = catalog.relations().stream()
                    .map(r -> r.schema().equals(catalog.currentSchema()) ? r.name() : r.toString())
                    .toList();
            String near = Nearest.to(planned.name(), names)
                    .map(n -> "Did you mean \"" + n + "\"? Names are case-sensitive, as in the catalog.")
                    .orElse(
                            "Check the name, or the schema in the database's URL (?schema=); bare names are looked up in \""
                                    + catalog.currentSchema() + "\".");
            problems.add(Problem.of(
                            Code.TABLE_UNKNOWN,
                            "The " + side + " has no table \"" + planned.name() + "\".",
                            "The plan lists it.",
                            near)
                    .at(planned.position().toString()));
        }
        return found;
    }

    private static Problem twice(PlannedTable earlier, PlannedTable later, QualifiedName name) {
        return Problem.of(
                        Code.PLAN_INVALID,
                        "The plan lists " + name + " twice.",
                        "\"" + earlier.name() + "\" (" + earlier.position() + ") and \"" + later.name()
                                + "\" are the same table.",
                        "Keep one of the two entries.")
                .at(later.position().toString());
    }
}
