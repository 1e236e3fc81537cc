package io.github.dbops.it.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What a benchmark was asked for: the system properties that begin with {@code benchmark.}.
 *
 * @param rows rows of the large table
 * @param runs counted rounds; one more comes first and is not counted
 * @param postgres the major versions of source and target
 * @param client what reaches the servers for the baselines
 * @param cases the ids of the cases; empty: all
 * @param onMiss what a missed limit does to the build
 * @param afterwards what becomes of the servers' data
 * @param mavenOptions added to MAVEN_OPTS where the goal runs: a heap, a recording
 */
record Settings(
        int rows,
        int runs,
        Versions postgres,
        ClientChoice client,
        List<String> cases,
        OnMiss onMiss,
        Afterwards afterwards,
        String mavenOptions) {

    private static final int USUAL_ROWS = 1_000_000;

    /** The two servers' major versions. */
    record Versions(int source, int target) {}

    /** Who carries the baselines out. */
    enum ClientChoice {
        PSQL_IF_THERE,
        JDBC
    }

    /** Whether the build fails where a limit is missed. */
    enum OnMiss {
        REPORT,
        FAIL
    }

    /** Whether the next benchmark finds the data that this one made. */
    enum Afterwards {
        DELETE,
        KEEP
    }

    static Settings of(Properties properties) {
        List<String> versions =
                list(properties.getProperty("benchmark.postgres", "").strip());
        return new Settings(
                Integer.parseInt(properties.getProperty("benchmark.rows")),
                Integer.parseInt(properties.getProperty("benchmark.runs")),
                new Versions(Integer.parseInt(versions.get(0)), Integer.parseInt(versions.get(versions.size() - 1))),
                "jdbc".equals(properties.getProperty("benchmark.client"))
                        ? ClientChoice.JDBC
                        : ClientChoice.PSQL_IF_THERE,
                list(properties.getProperty("benchmark.cases", "")),
                isSet(properties, "benchmark.strict") ? OnMiss.FAIL : OnMiss.REPORT,
                isSet(properties, "benchmark.keep") ? Afterwards.KEEP : Afterwards.DELETE,
                properties.getProperty("benchmark.mavenOptions", ""));
    }

    /** Whether nothing was left out or made smaller. */
    boolean isWhole() {
        return rows == USUAL_ROWS && cases.isEmpty();
    }

    /** The same with another heap. */
    Settings withMavenOptions(String options) {
        return new Settings(rows, runs, postgres, client, cases, onMiss, afterwards, options);
    }

    /** The command that asks for it. */
    String command(String benchmark) {
        StringBuilder command = new StringBuilder("mvn -Pbenchmarks verify -Dbenchmark=" + benchmark);
        command.append(" -Dbenchmark.rows=")
                .append(rows)
                .append(" -Dbenchmark.runs=")
                .append(runs);
        command.append(" -Dbenchmark.postgres=").append(postgres.source());
        if (postgres.source() != postgres.target()) {
            command.append(',').append(postgres.target());
        }
        if (client == ClientChoice.JDBC) {
            command.append(" -Dbenchmark.client=jdbc");
        }
        if (!cases.isEmpty()) {
            command.append(" -Dbenchmark.cases=").append(String.join(",", cases));
        }
        if (!mavenOptions.isEmpty()) {
            command.append(" -Dbenchmark.mavenOptions='").append(mavenOptions).append('\'');
        }
        return command.toString();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    // As Maven has it: -Dbenchmark.strict is true.
    private static boolean isSet(Properties properties, String name) {
        return "true".equals(properties.getProperty(name));
    }
}
