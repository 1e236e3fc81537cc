package io.github.dbops.it.benchmark;

import io.github.dbops.it.Totals;
import io.github.dbops.it.benchmark.Limit.Measure;
import io.github.dbops.it.benchmark.SyncMethods.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The cases of {@code dbops:sync}'s benchmark, with what each may cost. */
final class SyncCases {

    private static final String EMPTY_GOAL = "`mvn`, an empty goal";
    private static final String WITHOUT_REFERENCES = SyncMethods.DRY_RUN + ", no foreign keys";
    private static final Plan PRODUCT = Plan.of("product", List.of("Product"), "id");
    /** A reference through a parent's generated id, as long as it is not translated. */
    private static final String NOT_TRANSLATED = "DBOPS-413";

    private final Workplace workplace;
    private final DataSets data;
    private final SyncMethods methods;
    private final Map<String, Supplier<Case>> cases = new LinkedHashMap<>();

    SyncCases(Workplace workplace, DataSets data, SyncMethods methods) {
        this.workplace = workplace;
        this.data = data;
        this.methods = methods;
        cases.put("identical", this::identical);
        cases.put("diff1-dry-run", this::diff1DryRun);
        cases.put("diff1-apply", this::diff1Apply);
        cases.put("empty", this::empty);
        cases.put("tables", this::tables);
        cases.put("tiny", this::tiny);
        cases.put("references", this::references);
    }

    /**
     * Some of them, their data built.
     *
     * @param ids which ones; empty: all
     */
    List<Case> some(List<String> ids) {
        if (!cases.keySet().containsAll(ids)) {
            throw new IllegalArgumentException(ids + " are not all among " + cases.keySet());
        }
        return cases.entrySet().stream()
                .filter(entry -> ids.isEmpty() || ids.contains(entry.getKey()))
                .map(entry -> entry.getValue().get())
                .toList();
    }

    private Case identical() {
        DataSet set = data.built(data.identical());
        return Case.of(
                "IDENTICAL, dry-run",
                List.of(scan(set), methods.dryRun(set, PRODUCT, identicalRows(data.rows()))),
                new Limit(SyncMethods.SCAN, Measure.RATIO, 1.5));
    }

    private Case diff1DryRun() {
        DataSet set = data.built(data.diff1());
        return Case.of(
                "DIFF1, dry-run",
                List.of(scan(set), methods.dryRun(set, PRODUCT, diff1Rows())),
                new Limit(SyncMethods.SCAN, Measure.RATIO, 2.5));
    }

    private Case diff1Apply() {
        DataSet set = data.built(data.diff1());
        List<Method> all = new ArrayList<>(List.of(methods.merge(set)));
        methods.naive(set).ifPresent(all::add);
        all.add(methods.apply(set, PRODUCT, applied(diff1Rows())));
        return Case.of(
                "DIFF1, apply",
                all,
                new Limit(SyncMethods.MERGE, Measure.RATIO, 0.35),
                new Limit(SyncMethods.NAIVE, Measure.RATIO, 0.10));
    }

    private Case empty() {
        DataSet set = data.built(data.empty());
        int rows = data.rows();
        Totals everything = new Totals(rows, 0, rows, 0, 0, 0, 0, 0, 0, 0);
        return Case.of(
                "EMPTY, apply",
                List.of(methods.copy(set), methods.apply(set, PRODUCT, applied(everything))),
                new Limit(SyncMethods.COPY, Measure.RATIO, 1.35));
    }

    private Case tables() {
        DataSet set = data.built(data.tables());
        List<String> names = DataSets.tableNames();
        int rows = data.rows() / names.size() * names.size();
        return Case.of(
                names.size() + " identical tables, dry-run",
                List.of(
                        methods.scan(set, names),
                        methods.dryRun(set, Plan.of("tables", names, "id"), identicalRows(rows))),
                new Limit(SyncMethods.SCAN, Measure.RATIO, 1.5));
    }

    private Case tiny() {
        DataSet set = data.built(data.tiny());
        List<String> names = DataSets.tinyNames();
        Plan plan = Plan.of("tiny", names, "slug");
        return Case.of(
                names.size() + " tiny tables, the whole `mvn` process",
                List.of(
                        methods.process(EMPTY_GOAL, set, plan, List.of(EmptyPlugin.install(workplace))),
                        methods.process(
                                "`dbops:sync -Ddbops.skip`",
                                set,
                                plan,
                                List.of(workplace.goal("sync"), "-Ddbops.skip=true")),
                        methods.process(SyncMethods.DRY_RUN, set, plan, methods.dryRunning())),
                new Limit(EMPTY_GOAL, Measure.SECONDS_MORE, 1.2));
    }

    private Case references() {
        DataSet plain = data.built(data.diff1());
        DataSet set = data.built(data.references());
        Plan plan = new Plan("references", """
                {
                  "defaults": { "mode": "upsert", "onConflict": "local_wins" },
                  "tables": [
                    { "name": "Brand", "key": ["slug"] },
                    { "name": "Shelf", "key": ["slug"] },
                    { "name": "Product", "key": ["id"] }
                  ]
                }
                """);
        return Case.of(
                "DIFF1 with two parents, dry-run",
                List.of(
                        Method.reading(
                                WITHOUT_REFERENCES,
                                methods.dryRun(plain, PRODUCT, diff1Rows()).work()),
                        methods.dryRunUnless(NOT_TRANSLATED, set, plan, data.missing(), data.changed())),
                new Limit(WITHOUT_REFERENCES, Measure.RATIO, 1.6));
    }

    private Method scan(DataSet set) {
        return methods.scan(set, List.of("Product"));
    }

    private static Totals identicalRows(int rows) {
        return new Totals(rows, rows, 0, 0, rows, rows, 0, 0, 0, 0);
    }

    private Totals diff1Rows() {
        int rows = data.rows();
        int missing = data.missing();
        int changed = data.changed();
        int common = rows - missing;
        int extra = rows / 100;
        return new Totals(rows, common + extra, missing, changed, common, common - changed, changed, extra, 0, 0);
    }

    private static Totals applied(Totals found) {
        return new Totals(
                found.sourceRows(),
                found.targetRows(),
                found.toInsert(),
                found.toUpdate(),
                found.conflicts(),
                found.identical(),
                found.different(),
                found.onlyInTarget(),
                found.toInsert(),
                found.toUpdate());
    }
}
