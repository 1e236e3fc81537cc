package io.github.dbops.it.benchmark;

import io.github.dbops.it.Totals;
import io.github.dbops.it.benchmark.BulkClient.Into;
import io.github.dbops.it.benchmark.BulkClient.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ways to do a case's work: {@code dbops:sync}, and what it is measured against.
 *
 * @param workplace where the goal runs
 * @param settings how it runs
 * @param data what is compared
 * @param client who carries the baselines out
 */
record SyncMethods(Workplace workplace, Settings settings, DataSets data, BulkClient client) {

    static final String SCAN = "`scan_hashrec`";
    static final String COPY = "`phys_copy_bin`";
    static final String MERGE = "`stage_merge`";
    static final String NAIVE = "`naive_node`";
    static final String DRY_RUN = "`dbops:sync -DdryRun`";
    static final String APPLY = "`dbops:sync -Dapply`";

    private static final String PRODUCT = "\"Product\"";

    /** One fingerprint of each table on both sides at once: no comparison can read less. */
    Method scan(DataSet set, List<String> tables) {
        String scan = workplace.scripts().text("scan.sql");
        List<String> scans = tables.stream()
                .map(name -> scan.replace(PRODUCT, "\"" + name + "\""))
                .toList();
        return Method.reading(
                SCAN,
                route -> Measured.timing(() -> client.queryBoth(
                        source(route, set),
                        new Place(route.target(), set.target().database()),
                        scans)));
    }

    /** The whole table copied into the indexed, empty one: no full load can write less. */
    Method copy(DataSet set) {
        Into into = new Into(List.of(), PRODUCT, List.of());
        return writing(
                COPY,
                set,
                route -> Measured.timing(() -> client.copy(source(route, set), PRODUCT, copyOf(route, set), into)));
    }

    /** What a good administrator writes by hand: everything into a stage, then one merging statement. */
    Method merge(DataSet set) {
        Into into = new Into(
                List.of("BEGIN", workplace.scripts().text("stage.sql")),
                "stage",
                List.of("ANALYZE stage", workplace.scripts().text("merge.sql"), "COMMIT"));
        return writing(
                MERGE,
                set,
                route -> Measured.timing(() -> client.copy(source(route, set), PRODUCT, copyOf(route, set), into)));
    }

    /** What is written in a hurry; none where there is no Node. */
    Optional<Method> naive(DataSet set) {
        return NaiveScript.installed(workplace)
                .map(script -> writing(
                        NAIVE,
                        set,
                        route -> Measured.timing(() -> script.run(
                                Route.url(route.source(), set.source().database()),
                                Route.url(route.target(), set.workingCopy())))));
    }

    /** A dry-run that must count what is expected. */
    Method dryRun(DataSet set, Plan plan, Totals expected) {
        SyncGoal goal = goal(plan);
        return Method.reading(DRY_RUN, route -> {
            SyncReport report =
                    goal.run(route, set.source().database(), set.target().database(), dryRunning());
            return report.counted(expected);
        });
    }

    /** A dry-run that reports a refusal instead of a time. */
    Method dryRunUnless(String refusal, DataSet set, Plan plan, int inserts, int updates) {
        SyncGoal goal = goal(plan);
        return Method.reading(DRY_RUN, route -> {
            SyncReport report =
                    goal.run(route, set.source().database(), set.target().database(), dryRunning());
            return report.problem().filter(refusal::equals).isPresent()
                    ? new Measured.Refused(refusal)
                    : report.found(inserts, updates);
        });
    }

    /** An apply that must count and write what is expected. */
    Method apply(DataSet set, Plan plan, Totals expected) {
        SyncGoal goal = goal(plan);
        List<String> arguments = List.of(workplace.goal("sync"), "-Dapply", "-Ddbops.review=skip");
        return writing(
                APPLY,
                set,
                route -> goal.run(route, set.source().database(), set.workingCopy(), arguments)
                        .counted(expected));
    }

    /** A whole Maven process. */
    Method process(String title, DataSet set, Plan plan, List<String> arguments) {
        SyncGoal goal = goal(plan);
        return Method.reading(
                title,
                route -> Measured.timing(() -> goal.mustSucceed(
                        route, set.source().database(), set.target().database(), arguments)));
    }

    /** The goal's name and its word for looking only. */
    List<String> dryRunning() {
        return List.of(workplace.goal("sync"), "-DdryRun");
    }

    private SyncGoal goal(Plan plan) {
        return SyncGoal.of(workplace, settings, plan);
    }

    private Method writing(String title, DataSet set, Function<Route, Measured> work) {
        return new Method(title, () -> data.reset(set), work, () -> data.checkApplied(set));
    }

    private static Place source(Route route, DataSet set) {
        return new Place(route.source(), set.source().database());
    }

    private static Place copyOf(Route route, DataSet set) {
        return new Place(route.target(), set.workingCopy());
    }

    /**
     * A plan.
     *
     * @param name its folder's name
     * @param json its text
     */
    record Plan(String name, String json) {

        /** Tables of one kind, each overwritten with what the source has. */
        static Plan of(String name, List<String> tables, String key) {
            StringBuilder entries = new StringBuilder();
            tables.forEach(table -> entries.append(entries.isEmpty() ? "" : ",\n    ")
                    .append("{ \"name\": \"%s\", \"key\": [\"%s\"] }".formatted(table, key)));
            return new Plan(name, """
                    {
                      "defaults": { "mode": "upsert", "onConflict": "local_wins" },
                      "tables": [
                        %s
                      ]
                    }
                    """.formatted(entries));
        }
    }
}
