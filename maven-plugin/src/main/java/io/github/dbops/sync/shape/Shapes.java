package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlanShape;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The plan's tables as both catalogs have them; everything that does not fit is collected and thrown together. */
public final class Shapes {

    private final Plan plan;
    private final Execution execution;
    private final Catalog source;
    private final Catalog target;
    private final Sides sides;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<QualifiedName, Names> planned = new LinkedHashMap<>();
    private final Map<QualifiedName, PlannedColumns> tables = new LinkedHashMap<>();

    private Shapes(Plan plan, Execution execution, Sides sides, Sides.Both<Catalog> catalogs) {
        this.plan = plan;
        this.execution = execution;
        this.sides = sides;
        this.source = catalogs.source();
        this.target = catalogs.target();
    }

    /**
     * Fits a plan to both catalogs.
     *
     * @param execution whether missing write privileges are a problem or a note
     * @param sides both sessions inside their transactions
     * @throws ProblemException with every mismatch between plan, source and target
     */
    public static PlanShape of(Plan plan, Execution execution, Sides sides) {
        Sides.Both<Catalog> catalogs = sides.both((side, session) -> Catalog.of(session));
        List<TableShape> tables = new Shapes(plan, execution, sides, catalogs).read();
        return new PlanShape(tables, new PlanWarnings(plan, catalogs.target()).list());
    }

    private List<TableShape> read() {
        plan.tables().forEach(this::resolve);
        readCatalogs(planned.values());
        planned.values().stream().filter(names -> !names.isLookup()).forEach(this::readColumns);
        throwIfAny();
        readLookups();
        throwIfAny();
        return new Assembly(tables, target::table, execution, problems).shapes();
    }

    private void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private void resolve(PlannedTable entry) {
        boolean lookup = entry.mode() == Mode.SKIP;
        if (lookup && entry.key().isEmpty()) {
            return;
        }
        Optional<QualifiedName> here = source.resolve(entry.name());
        Optional<QualifiedName> there = target.resolve(entry.name());
        if (!lookup) {
            complainIfAbsent(here, source, entry, "source");
            complainIfAbsent(there, target, entry, "target");
        }
        if (here.isPresent() && there.isPresent()) {
            Names earlier = planned.putIfAbsent(there.get(), new Names(entry, here.get(), there.get()));
            if (earlier != null) {
                problems.add(twice(earlier.entry(), entry, there.get()));
            }
        }
    }

    private void readCatalogs(Collection<Names> wanted) {
        sides.both((side, session) -> {
            switch (side) {
                case SOURCE -> source.read(wanted.stream().map(Names::source).toList());
                case TARGET -> target.read(wanted.stream().map(Names::target).toList());
            }
            return true;
        });
        Set<QualifiedName> parents = new LinkedHashSet<>();
        wanted.forEach(names -> target.table(names.target()).foreignKeys().forEach(key -> parents.add(key.parent())));
        target.read(parents);
    }

    private void readColumns(Names names) {
        new ShapeReader(names.entry(), source.table(names.source()), target.table(names.target()), execution, problems)
                .read()
                .ifPresent(table -> tables.put(table.name(), table));
    }

    // A skipped table is looked at only where a reference leads to it, or the key of one that does.
    private void readLookups() {
        boolean found = true;
        while (found && problems.isEmpty()) {
            Set<QualifiedName> wanted = new LinkedHashSet<>();
            Links links = new Links(tables);
            tables.values().forEach(table -> links.of(table).forEach(link -> wanted.add(link.parent())));
            tables.values()
                    .forEach(table -> table.source()
                            .foreignKeys()
                            .forEach(key -> planned.values().stream()
                                    .filter(names -> names.source().equals(key.parent()))
                                    .forEach(names -> wanted.add(names.target()))));
            wanted.removeAll(tables.keySet());
            wanted.retainAll(planned.keySet());
            wanted.forEach(name -> readColumns(Objects.requireNonNull(planned.get(name))));
            found = !wanted.isEmpty();
        }
    }

    private void complainIfAbsent(Optional<QualifiedName> found, Catalog catalog, PlannedTable entry, String side) {
        if (found.isPresent()) {
            return;
        }
        List<String> names = catalog.relations().stream()
                .map(r -> r.schema().equals(catalog.currentSchema()) ? r.name() : r.toString())
                .toList();
        String near = Nearest.to(entry.name(), names)
                .map(n -> "Did you mean \"" + n + "\"? Names are case-sensitive, as in the catalog.")
                .orElse("Check the name, or the schema in the database's URL (?schema=); bare names are looked up in \""
                        + catalog.currentSchema() + "\".");
        problems.add(Problem.of(
                        Code.TABLE_UNKNOWN,
                        "The " + side + " has no table \"" + entry.name() + "\".",
                        "The plan lists it.",
                        near)
                .at(entry.position().toString()));
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

    /** A plan entry and the tables that it means. */
    private record Names(PlannedTable entry, QualifiedName source, QualifiedName target) {

        boolean isLookup() {
            return entry.mode() == Mode.SKIP;
        }
    }
}
