package io.github.dbops.it.benchmark;

import io.github.dbops.it.benchmark.Limit.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether {@code dbops:sync} takes ten times as long for ten times as many rows, within a small heap. */
final class ScaleBenchmark {

    private static final int TIMES = 10;
    private static final double NOISE = 1.15;
    private static final String HEAP = "-Xmx128m";
    private static final List<String> CASES = List.of("identical", "diff1-dry-run", "diff1-apply", "empty", "tables");

    private final Workplace workplace;
    private final Settings settings;
    private final Servers servers;

    private ScaleBenchmark(Workplace workplace, Settings settings, Servers servers) {
        this.workplace = workplace;
        this.settings = settings;
        this.servers = servers;
    }

    /** Measures and publishes. */
    static void run(Workplace workplace, Settings settings) throws IOException {
        Settings small = settings.mavenOptions().isEmpty() ? settings.withMavenOptions(HEAP) : settings;
        try (Servers servers = Servers.start(workplace, small)) {
            new ScaleBenchmark(workplace, small, servers).measure();
        }
    }

    private void measure() throws IOException {
        List<Case> few = cases(settings.rows());
        List<Case> many = cases(settings.rows() * TIMES);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < few.size(); i++) {
            cases.add(grown(few.get(i), many.get(i)));
        }
        new Rounds(servers, few.stream().map(Case::onlyJudged).toList()).warmUp();
        Map<Case, Results> results = new Rounds(servers, cases).run(settings.runs());
        String rounds = settings.runs() == 1 ? "one round" : "medians of " + settings.runs() + " rounds";
        String title = "**%s**, Maven with `%s`; %s:%n%n```sh%n%s%n```"
                .formatted(servers.title(), settings.mavenOptions(), rounds, settings.command("sync-scale"));
        SyncTables tables = new SyncTables(title, results);
        Publication publication = new Publication(workplace, settings, "sync-scale");
        publication.write(tables.text());
        publication.judge(tables.missed());
    }

    /** The same work on both sizes; a copy beside it tells how much of the growth is PostgreSQL's own. */
    private Case grown(Case few, Case many) {
        String small = title(settings.rows());
        String large = title(settings.rows() * TIMES);
        List<Method> methods = new ArrayList<>();
        List<Limit> limits = new ArrayList<>(List.of(new Limit(small, Measure.RATIO, NOISE * TIMES)));
        few.method(SyncMethods.COPY).ifPresent(copy -> methods.add(copy.titled(SyncMethods.COPY + ", " + small)));
        methods.add(few.judged().titled(small));
        many.method(SyncMethods.COPY).ifPresent(copy -> {
            methods.add(copy.titled(SyncMethods.COPY + ", " + large));
            many.limits().forEach(limit -> limits.add(limit.against(SyncMethods.COPY + ", " + large)));
        });
        methods.add(many.judged().titled(large));
        return new Case(few.title(), List.copyOf(methods), List.copyOf(limits));
    }

    private List<Case> cases(int rows) {
        DataSets data = new DataSets(servers, workplace.scripts(), rows);
        SyncMethods methods = new SyncMethods(workplace, settings, data, BulkClient.find(settings.client()));
        return new SyncCases(workplace, data, methods).some(settings.cases().isEmpty() ? CASES : settings.cases());
    }

    private static String title(int rows) {
        return String.format(Locale.ROOT, "%,d rows", rows);
    }
}
