package io.github.dbops.it.benchmark;

import io.github.dbops.it.benchmark.SyncMethods.Plan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an application's transactions take while a dry-run compares the table that they write to, against how long they
 * take without it, and while something that knows no database keeps every core busy. Windows take turns, each as long as
 * the comparison. The servers, dbops and the writers share one machine, so that only the last tells what locks, buffers and
 * files add to the waiting for a core.
 */
final class WritersBenchmark {

    private static final double LIMITED = 0.99;
    private static final double MOST = 2.0;

    private final List<Double> quiet = new ArrayList<>();
    private final List<Double> comparing = new ArrayList<>();
    private final List<Double> busy = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    private WritersBenchmark() {}

    /** Measures and publishes. */
    static void run(Workplace workplace, Settings settings) throws IOException {
        try (Servers servers = Servers.start(workplace, settings)) {
            DataSets data = new DataSets(servers, workplace.scripts(), settings.rows());
            DataSet set = data.built(data.diff1());
            data.reset(set);
            SyncGoal goal = SyncGoal.of(workplace, settings, Plan.of("writers", List.of("Product"), "id"));
            WritersBenchmark benchmark = new WritersBenchmark();
            try (Writers writers = new Writers(servers.target().port(), set.workingCopy())) {
                Runnable dryRun = () -> goal.mustSucceed(
                        servers.direct(),
                        set.source().database(),
                        set.workingCopy(),
                        List.of(workplace.goal("sync"), "-DdryRun"));
                benchmark.measure(writers, dryRun, settings.runs());
            }
            data.forget(set);
            String text = benchmark.text(servers, settings);
            Publication publication = new Publication(workplace, settings, "sync-writers");
            publication.write(text);
            double ratio = benchmark.ratio(benchmark.quiet);
            publication.judge(
                    ratio > MOST
                            ? List.of(String.format(Locale.ROOT, "99 %% of the transactions: %.2f", ratio))
                            : List.of());
        }
    }

    private void measure(Writers writers, Runnable dryRun, int rounds) {
        // Not counted: classes are loaded, statements prepared, caches filled.
        dryRun.run();
        for (int i = 0; i < rounds; i++) {
            long began = System.nanoTime();
            List<Double> during = writers.during(dryRun);
            Duration length = Duration.ofNanos(System.nanoTime() - began);
            List<Double> without = writers.during(() -> pause(length));
            List<Double> beside = writers.during(() -> burn(length));
            System.out.printf(
                    Locale.ROOT,
                    "%.1f s, 99 %% within %.2f ms, beside a comparison %.2f, on busy cores %.2f, worst %.2f, %.2f, %.2f, load %.2f%n",
                    Seconds.of(length),
                    percentile(without, LIMITED),
                    percentile(during, LIMITED),
                    percentile(beside, LIMITED),
                    percentile(without, 1),
                    percentile(during, 1),
                    percentile(beside, 1),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            quiet.addAll(without);
            comparing.addAll(during);
            busy.addAll(beside);
            ratios.add(percentile(during, LIMITED) / percentile(without, LIMITED));
        }
    }

    /** Of all rounds together: a burst of other work meets one window, not the other, and makes a single round worth little. */
    private double ratio(List<Double> usual) {
        return percentile(sorted(comparing), LIMITED) / percentile(sorted(usual), LIMITED);
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

    private String text(Servers servers, Settings settings) {
        List<Double> sorted = sorted(ratios);
        return """
                **%s**, %,d rows; %d rounds, 200 transactions a second, milliseconds:

                ```sh
                %s
                ```

                | transactions | number | half within | 95 %% within | 99 %% within | worst |
                |---|--:|--:|--:|--:|--:|
                %s
                %s
                %s

                99 %% of the transactions were done within **%.2f** times the usual (%.2f to %.2f in the rounds; at most %.1f), and
                within %.2f times what they took on cores as busy with something else.
                """.formatted(
                        servers.title(),
                        settings.rows(),
                        settings.runs(),
                        settings.command("sync-writers"),
                        line("as usual", quiet),
                        line("every core busy, no database in it", busy),
                        line("during a dry-run", comparing),
                        ratio(quiet),
                        sorted.get(0),
                        sorted.get(sorted.size() - 1),
                        MOST,
                        ratio(busy));
    }

    private static String line(String title, List<Double> latencies) {
        List<Double> sorted = sorted(latencies);
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %.2f | %.2f |",
                title,
                sorted.size(),
                percentile(sorted, 0.5),
                percentile(sorted, 0.95),
                percentile(sorted, 0.99),
                percentile(sorted, 1));
    }

    private static List<Double> sorted(List<Double> numbers) {
        return numbers.stream().sorted().toList();
    }

    /** Of sorted numbers. */
    private static double percentile(List<Double> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
