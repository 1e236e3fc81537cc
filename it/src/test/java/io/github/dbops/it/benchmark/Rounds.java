package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures cases: in each round all methods of all cases take turns, so that whatever else the machine does meets all of
 * them.
 */
final class Rounds {

    private final Servers servers;
    private final List<Case> cases;

    Rounds(Servers servers, List<Case> cases) {
        this.servers = servers;
        this.cases = List.copyOf(cases);
    }

    /** One round that is not counted: classes are loaded, caches filled, Maven's plugins copied. */
    Rounds warmUp() {
        round(new LinkedHashMap<>());
        return this;
    }

    /** So many counted rounds. */
    Map<Case, Results> run(int rounds) {
        Map<Case, Results> results = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            round(results);
        }
        return results;
    }

    private void round(Map<Case, Results> results) {
        for (Case each : cases) {
            for (Method method : each.methods()) {
                method.prepare().run();
                double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
                Measured measured = method.work().apply(servers.direct());
                method.check().run();
                print(each, method, measured, load);
                results.computeIfAbsent(each, c -> new Results())
                        .add(method.title(), new Results.Entry(measured, load));
            }
        }
    }

    private static void print(Case each, Method method, Measured measured, double load) {
        String took = measured instanceof Measured.Took time
                ? String.format(Locale.ROOT, "%8.2f s  %s", time.seconds(), time.phases())
                : measured.toString();
        System.out.printf(Locale.ROOT, "%-42s %-42s load %5.2f %s%n", each.title(), method.title(), load, took);
    }

    /**
     * One more round, which is not timed, because meters stand in the way.
     *
     * @param statements gets a file for each method, with the statements that took longest
     */
    WorkTable work(Folder statements) {
        WorkTable table = new WorkTable();
        cases.forEach(each ->
                each.methods().forEach(method -> table.add(each, method, work(each, method, statements))));
        return table;
    }

    private WorkTable.Work work(Case each, Method method, Folder statements) {
        method.prepare().run();
        WorkTable.Work work;
        try (Meter source = new Meter(servers.source().port());
                Meter target = new Meter(servers.target().port())) {
            ServerWork.reset(servers.source());
            ServerWork.reset(servers.target());
            method.work().apply(new Route(source.port(), target.port()));
            work = new WorkTable.Work(
                    ServerWork.since(servers.source(), source), ServerWork.since(servers.target(), target));
            statements.write(fileName(each, method), longest());
        }
        method.check().run();
        return work;
    }

    private String longest() {
        return "source\n" + String.join("\n", ServerWork.longest(servers.source())) + "\ntarget\n"
                + String.join("\n", ServerWork.longest(servers.target())) + "\n";
    }

    private static String fileName(Case each, Method method) {
        return (each.title() + " " + method.title()).replaceAll("[^A-Za-z0-9]+", "-") + ".txt";
    }
}
