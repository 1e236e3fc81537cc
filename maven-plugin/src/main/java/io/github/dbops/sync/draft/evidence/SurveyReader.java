package io.github.dbops.sync.draft.evidence;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
import io.github.dbops.sync.draft.Counted;
import io.github.dbops.sync.draft.LeftOut;
import io.github.dbops.sync.draft.Survey;
import io.github.dbops.sync.draft.Surveyed;
import io.github.dbops.sync.draft.TableFacts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what there is in a database for a first plan. Needs SELECT at most, and nothing for what it cannot see. */
public final class SurveyReader {

    private final Session session;
    private final Catalog catalog;
    private final Surroundings surroundings;
    private final FactsReader facts;

    /**
     * A reader of one database.
     *
     * @param session inside its read-only transaction
     */
    public SurveyReader(Session session) {
        this.session = session;
        this.catalog = Catalog.of(session);
        this.surroundings = Surroundings.of(session);
        this.facts = new FactsReader(surroundings);
    }

    /**
     * The source: every relation, and of tables their rows' counts.
     *
     * @param effort how much may be looked at
     * @param progress told which table is looked at
     */
    public Survey source(Effort effort, Progress progress) {
        DataLook look = new DataLook(session, effort, InstantSource.system());
        PlanNames names = new PlanNames(catalog);
        List<Surveyed> tables = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        catalog.read(catalog.relations());
        for (QualifiedName name : catalog.relations()) {
            Table table = catalog.table(name);
            Optional<String> planName = names.of(name);
            Optional<LeftOut.Why> why = whyLeftOut(table, planName);
            if (why.isPresent()) {
                leftOut.add(new LeftOut(planName.orElse(name.toString()), why.get()));
                continue;
            }
            TableFacts found = facts.source(table, planName.orElseThrow());
            Counted counted = look(look, table, found, progress);
            tables.add(new Surveyed(found, counted));
        }
        return new Survey(tables, leftOut, Optional.empty());
    }

    private static Counted look(DataLook look, Table table, TableFacts found, Progress progress) {
        try (Progress.Rows rows =
                progress.table(TableWork.estimated(found.planName(), Telling.AT_THE_END, table.estimatedRows()))) {
            Counted counted = look.at(table, found);
            rows.handled(counted.rows().rows());
            return counted;
        }
    }

    /**
     * The target: its catalog alone, for the tables that a plan names. Its rows are not read.
     *
     * @param planNames how the plan calls them
     * @return those that are there, by these names
     */
    public Map<String, TableFacts> target(List<String> planNames) {
        Map<String, TableFacts> found = new HashMap<>();
        catalog.read(planNames.stream()
                .flatMap(name -> catalog.resolve(name).stream())
                .toList());
        for (String planName : planNames) {
            catalog.resolve(planName)
                    .map(catalog::table)
                    .filter(table -> isCarried(table.kind()))
                    .ifPresent(table -> found.put(planName, facts.target(table, planName)));
        }
        return found;
    }

    private Optional<LeftOut.Why> whyLeftOut(Table table, Optional<String> planName) {
        if (table.name().schema().equals("dbops")) {
            return Optional.of(LeftOut.Why.OWN);
        }
        if (surroundings.of(table.name()).extension().isPresent()) {
            return Optional.of(LeftOut.Why.EXTENSION);
        }
        return switch (table.kind()) {
            case VIEW, MATERIALIZED_VIEW, OTHER -> Optional.of(LeftOut.Why.VIEW);
            case PARTITION -> Optional.of(LeftOut.Why.PARTITION);
            case FOREIGN -> Optional.of(LeftOut.Why.FOREIGN);
            case TABLE, PARTITIONED -> {
                if (Histories.has(table.name().name())) {
                    yield Optional.of(LeftOut.Why.HISTORY);
                }
                yield planName.isEmpty() ? Optional.of(LeftOut.Why.UNNAMEABLE) : Optional.empty();
            }
        };
    }

    private static boolean isCarried(Table.Kind kind) {
        return kind == Table.Kind.TABLE || kind == Table.Kind.PARTITIONED;
    }
}
