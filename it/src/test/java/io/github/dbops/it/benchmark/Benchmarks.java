package io.github.dbops.it.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the benchmarks that the system property {@code benchmark} names, one after the other. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Measures.
     *
     * @param arguments the folder of the integration tests, Maven's home, the surrounding build's local repository, the
     *     plugin's version
     */
    public static void main(String[] arguments) throws IOException {
        Workplace workplace =
                new Workplace(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), arguments[3]);
        for (String name : List.of(System.getProperty("benchmark", "").split(","))) {
            switch (name.strip()) {
                case "migrate-deploy" -> MigrateBenchmark.run(workplace);
                case "sync" -> SyncBenchmark.run(workplace, Settings.of(System.getProperties()));
                case "sync-scale" -> ScaleBenchmark.run(workplace, Settings.of(System.getProperties()));
                case "sync-writers" -> WritersBenchmark.run(workplace, Settings.of(System.getProperties()));
                default -> throw new IllegalArgumentException("no benchmark is called " + name);
            }
        }
    }
}
