package io.github.dbops.it.benchmark;

import io.github.dbops.it.Database;
import io.github.dbops.it.benchmark.SyncMethods.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long an application's transactions take while a dry-run compares the table that they write to, against how long they
 * take without it. Windows take turns, each as long as the comparison before it.
 *
 * <p>First the servers, dbops and the writers share one machine's cores; what they take beside something that knows no
 * database and keeps every core busy tells what locks, buffers and files add to the waiting for a core. Then the target does
 * by itself what such a dry-run has it do, as if the source and dbops were on another machine.
 */
final class WritersBenchmark {

    private static final double LIMITED = 0.99;
    private static final double MOST = 2.0;
    private static final int SCANS = 3;

    private final Workplace workplace;
    private final Servers servers;
    private final DataSet set;
    private final Writers writers;
    private final int rounds;

    private WritersBenchmark(Workplace workplace, Servers servers, DataSet set, Writers writers, int rounds) {
        this.workplace = workplace;
        this.servers = servers;
        this.set = set;
        this.writers = writers;
        this.rounds = rounds;
    }

    /** Measures and publishes. */
    static void run(Workplace workplace, Settings settings) throws IOException {
        try (Servers servers = Servers.start(workplace, settings)) {
            DataSets data = new DataSets(servers, workplace.scripts(), settings.rows());
            DataSet set = data.built(data.diff1());
            data.reset(set);
            SyncGoal goal = SyncGoal.of(workplace, settings, Plan.of("writers", List.of("Product"), "id"));
            Publication publication = new Publication(workplace, settings, "sync-writers");
            try (Writers writers = new Writers(servers.target().port(), set.workingCopy())) {
                WritersBenchmark benchmark = new WritersBenchmark(workplace, servers, set, writers, settings.runs());
                String sharing = benchmark.sharing(goal);
                Apart apart = benchmark.apart(goal);
                publication.write(heading(servers, settings) + sharing + apart.text());
                publication.judge(apart.missed());
            }
            data.forget(set);
        }
    }

    private static String heading(Servers servers, Settings settings) {
        return """
                **%s**, %,d rows; %d rounds, 200 transactions a second, milliseconds:

                ```sh
                %s
                ```

                """.formatted(servers.title(), settings.rows(), settings.runs(), settings.command("sync-writers"));
    }

    private String sharing(SyncGoal goal) {
        Window quiet = new Window("as usual");
        Window busy = new Window("every core busy, no database in it");
        Window comparing = new Window("during a dry-run");
        for (int round = 0; round <= rounds; round++) {
            Duration length = round(round, comparing, () -> dryRun(goal));
            round(round, quiet, () -> pause(length));
            round(round, busy, () -> burn(length));
        }
        return """
                Source, target, dbops and the writers on the same cores:

                %s

                99 %% of the transactions were done within %.2f times the usual, and within %.2f times what they took on cores as busy
                with something else.
                """.formatted(
                        table(quiet, busy, comparing), comparing.times(quiet, LIMITED), comparing.times(busy, LIMITED));
    }

    private Apart apart(SyncGoal goal) {
        Window quiet = new Window("as usual");
        Window hashing = new Window("while it hashes its rows");
        String scan = scan(goal);
        for (int round = 0; round <= rounds; round++) {
            Duration length = round(round, hashing, () -> repeat(scan));
            round(round, quiet, () -> pause(length));
        }
        String text =
                """

                The target alone, which does what a dry-run from another machine has it do:

                %s

                99 %% of the transactions were done within **%.2f** times the usual (at most %.1f), the slowest within %.2f times.
                """.formatted(table(quiet, hashing), hashing.times(quiet, LIMITED), MOST, hashing.times(quiet, 1));
        return new Apart(text, hashing.times(quiet, LIMITED));
    }

    /** The statement by which a dry-run has the target hash its rows, its results thrown away. */
    private String scan(SyncGoal goal) {
        Database target = servers.target().database(set.workingCopy());
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> dryRun(goal));
        Optional<String> seen = Optional.empty();
        while (seen.isEmpty() && !running.isDone()) {
            seen = target.rows("""
                            SELECT query FROM pg_stat_activity
                            WHERE datname = current_database() AND application_name LIKE 'dbops%'
                              AND query LIKE 'COPY (SELECT int8send(%'""").stream().findFirst();
        }
        running.join();
        return seen.orElseThrow(() -> new IllegalStateException("no dry-run was seen to stream its rows"))
                .replace("TO STDOUT", "TO '/dev/null'");
    }

    private void repeat(String scan) {
        for (int i = 0; i < SCANS; i++) {
            servers.target().database(set.workingCopy()).execute(scan);
        }
    }

    /** One window, which counts unless it is of the first round: that one loads classes, prepares statements, fills caches. */
    private Duration round(int round, Window window, Runnable work) {
        long began = System.nanoTime();
        List<Double> latencies = writers.during(work);
        Duration length = Duration.ofNanos(System.nanoTime() - began);
        if (round > 0) {
            window.latencies().addAll(latencies);
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %.1f s, 99 %% within %.2f ms, worst %.2f%n",
                    window.title(),
                    Seconds.of(length),
                    percentile(latencies, LIMITED),
                    percentile(latencies, 1));
        }
        return length;
    }

    private void dryRun(SyncGoal goal) {
        goal.mustSucceed(
                servers.direct(),
                set.source().database(),
                set.workingCopy(),
                List.of(workplace.goal("sync"), "-DdryRun"));
    }

    /** Keeps every core busy with nothing. */
    private static void burn(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            new Thread(() -> {
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                    })
                    .start();
        }
        pause(length);
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static String table(Window... windows) {
        return Stream.concat(Stream.of("""
                                | transactions | number | half within | 95 % within | 99 % within | worst |
                                |---|--:|--:|--:|--:|--:|"""), Stream.of(windows).map(Window::line))
                .collect(Collectors.joining("\n"));
    }

    /** Of sorted numbers. */
    private static double percentile(List<Double> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    /**
     * What was measured as if the source and dbops were on another machine.
     *
     * @param text for the page
     * @param ratio how much longer 99 % of the transactions took beside a comparison
     */
    private record Apart(String text, double ratio) {

        List<String> missed() {
            return ratio > MOST
                    ? List.of(String.format(Locale.ROOT, "99 %% of the transactions: %.2f", ratio))
                    : List.of();
        }
    }

    /**
     * The transactions of one kind of window, of all rounds together: a burst of other work meets one window, not the other,
     * and makes a single round worth little.
     *
     * @param title what goes on in it
     * @param latencies in milliseconds, in no order
     */
    private record Window(String title, List<Double> latencies) {

        Window(String title) {
            this(title, new ArrayList<>());
        }

        private double within(double part) {
            return percentile(latencies.stream().sorted().toList(), part);
        }

        double times(Window other, double part) {
            return within(part) / other.within(part);
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.2f | %.2f | %.2f | %.2f |",
                    title,
                    latencies.size(),
                    within(0.5),
                    within(0.95),
                    within(LIMITED),
                    within(1));
        }
    }
}
