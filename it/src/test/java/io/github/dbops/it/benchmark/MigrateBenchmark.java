package io.github.dbops.it.benchmark;

import io.github.dbops.it.Database;
import io.github.dbops.it.Folder;
import io.github.dbops.it.Processes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long {@code dbops:migrate-deploy} needs for a long Prisma history, and how long psql needs to send the same files.
 * All are measured in turn, in one run, on one server; {@code docs/performance.md} gets what came of it.
 */
final class MigrateBenchmark {

    private static final int MIGRATIONS = 400;
    private static final long SEED = 7;
    private static final int RUNS = 5;

    private static final String BASELINE = "%s -f, file by file";
    private static final String TRANSACTIONS = "%s, each file in a transaction";
    private static final String WARM = "`migrate-deploy`, in a warm JVM";
    private static final String COLD = "`migrate-deploy` in a fresh Maven, by its report";
    private static final String MAVEN = "the whole `mvn dbops:migrate-deploy`";
    private static final String STATUS = "`migrate-status` afterwards";
    private static final Pattern DURATION = Pattern.compile("\"durationMs\": (\\d+)");

    private final Folder project;
    private final PrismaHistory.Written history;
    private final SqlClient client;
    private final List<String> maven;
    private final String goal;
    private final Map<String, List<Duration>> measured = new LinkedHashMap<>();
    private int databases;

    private MigrateBenchmark(Folder project, List<String> maven, String goal) {
        this.project = project;
        this.history = PrismaHistory.write(project, MIGRATIONS, SEED);
        this.client = SqlClient.find();
        this.maven = List.copyOf(maven);
        this.goal = goal;
    }

    /** Measures, and writes the page. */
    static void run(Workplace workplace) throws IOException {
        Folder project = new Folder(workplace.scratch().path().resolve("migrate-deploy"));
        project.delete();
        project.write(".mvn/maven.config", "");
        List<String> maven = workplace.maven();
        String goal = workplace.goal("migrate-deploy");
        StringBuilder tables = new StringBuilder();
        for (String fsync : List.of("off", "on")) {
            MigrateBenchmark benchmark = new MigrateBenchmark(project, maven, goal);
            tables.append(benchmark.on(fsync)).append('\n');
        }
        System.out.println(tables);
        workplace.page().replace("migrate-deploy", tables.toString());
    }

    private String on(String fsync) throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", fsync)
                .setServerConfig("synchronous_commit", fsync)
                .setServerConfig("full_page_writes", fsync)
                .start()) {
            // Not measured: classes are loaded, the server's caches filled, Maven's plugins copied.
            round(server);
            measured.clear();
            for (int i = 0; i < RUNS; i++) {
                round(server);
            }
            String version =
                    Database.of(server, "postgres").rows("SHOW server_version").get(0);
            return table("PostgreSQL " + version + ", fsync " + fsync);
        }
    }

    private void round(EmbeddedPostgres server) {
        MigrateRuns runs =
                new MigrateRuns(project.path(), project.path().resolve("target").resolve("in-process"));
        int port = server.getPort();
        measure(BASELINE, database(server), name -> client.send(port, name, history.scripts()));
        String deployed = database(server);
        note(WARM, runs.deploy(url(server, deployed), MIGRATIONS).duration());
        note(STATUS, runs.status(url(server, deployed)).duration());
        measure(TRANSACTIONS, database(server), name -> client.sendInTransactions(port, name, history.scripts()));
        measure(MAVEN, database(server), name -> maven(url(server, name)));
        note(COLD, reported());
    }

    private void maven(String url) {
        List<String> command = new ArrayList<>(maven);
        command.add(goal);
        ProcessBuilder run = new ProcessBuilder(command)
                .directory(project.path().toFile())
                .redirectOutput(project.path().resolve("target/maven.log").toFile())
                .redirectErrorStream(true);
        run.environment().put("DATABASE_URL", url);
        Processes.mustSucceed(run);
    }

    private Duration reported() {
        String report = project.text("dbops-reports/migrate-deploy-report.json");
        Matcher found = DURATION.matcher(report);
        if (!found.find() || !report.contains("\"outcome\": \"deployed\"")) {
            throw new IllegalStateException("not deployed: " + report);
        }
        return Duration.ofMillis(Long.parseLong(found.group(1)));
    }

    private String database(EmbeddedPostgres server) {
        String name = "benchmark_" + databases++;
        Database.create(server, name);
        return name;
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "postgresql://postgres@localhost:" + server.getPort() + "/" + database;
    }

    private interface Work {
        void on(String database);
    }

    private void measure(String what, String database, Work work) {
        long began = System.nanoTime();
        work.on(database);
        note(what, Duration.ofNanos(System.nanoTime() - began));
    }

    private void note(String what, Duration took) {
        System.out.printf(Locale.ROOT, "%-55s %7.2f s%n", what.formatted(client.title()), seconds(took));
        measured.computeIfAbsent(what, w -> new ArrayList<>()).add(took);
    }

    private String table(String server) {
        double baseline = median(BASELINE);
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "**%s**; %d migrations, %,d statements; medians of %d runs in turn:%n%n"
                        + "| what | seconds | times %s | lowest | highest |%n|---|--:|--:|--:|--:|%n",
                server,
                MIGRATIONS,
                history.statements(),
                RUNS,
                client.title()));
        for (String what : List.of(BASELINE, TRANSACTIONS, WARM, COLD, MAVEN, STATUS)) {
            List<Duration> sorted = sorted(what);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                    what.formatted(client.title()),
                    median(what),
                    median(what) / baseline,
                    seconds(sorted.get(0)),
                    seconds(sorted.get(sorted.size() - 1))));
        }
        return table.toString();
    }

    private double median(String what) {
        List<Duration> sorted = sorted(what);
        return seconds(sorted.get(sorted.size() / 2));
    }

    private List<Duration> sorted(String what) {
        return measured.getOrDefault(what, List.of()).stream().sorted().toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
