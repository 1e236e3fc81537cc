package io.github.dbops.testing;

import io.github.dbops.testing.TestServer.Ownership;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The PostgreSQL servers under test: one for each major version in the system property {@code dbops.test.postgres}
 * (default {@code 14,18}), started when first asked for, shared by all tests of the JVM and removed at its end.
 *
 * <p>They run from binaries in {@code target/postgres-binaries}, or as containers where a Docker engine answers; the
 * system property {@code dbops.test.servers} ({@code binaries} or {@code docker}) decides it by hand, and
 * {@code dbops.test.image} names another image for every version.
 */
public final class TestServers {

    private static final Map<Integer, TestServer> SHARED = new ConcurrentHashMap<>();

    private TestServers() {}

    /** The versions under test, as given; the first is the oldest. */
    public static List<Integer> versions() {
        return Arrays.stream(System.getProperty("dbops.test.postgres", "14,18").split(","))
                .map(String::strip)
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    /** The shared server of every version under test, oldest first. */
    public static List<TestServer> all() {
        return versions().stream().map(TestServers::shared).toList();
    }

    /** The shared server of the oldest version. */
    public static TestServer oldest() {
        return shared(versions().get(0));
    }

    /** The shared server of the newest version. */
    public static TestServer newest() {
        List<Integer> versions = versions();
        return shared(versions.get(versions.size() - 1));
    }

    /** The shared server of a version: fast, and its commits need not survive a crash. */
    public static TestServer shared(int majorVersion) {
        return SHARED.computeIfAbsent(
                majorVersion,
                version -> start(
                        version,
                        Ownership.SHARED,
                        // Its data may be in memory, of which old WAL is not to take much.
                        Map.of("fsync", "off", "synchronous_commit", "off", "max_wal_size", "256MB")));
    }

    /** A server of the newest version for one test, to crash and restart; its commits are durable. */
    public static TestServer startOwn() {
        List<Integer> versions = versions();
        return startOwn(versions.get(versions.size() - 1), Map.of());
    }

    /**
     * A server for one test, to crash and restart; its commits are durable.
     *
     * @param settings server settings beyond the usual; no spaces in their values
     */
    public static TestServer startOwn(int majorVersion, Map<String, String> settings) {
        Map<String, String> all = new ConcurrentHashMap<>(Map.of("fsync", "on", "synchronous_commit", "on"));
        all.putAll(settings);
        return start(majorVersion, Ownership.OWN, all);
    }

    private static TestServer start(int majorVersion, Ownership ownership, Map<String, String> settings) {
        ServerProcess process = DockerEngine.wanted()
                ? new ContainerProcess(majorVersion, settings)
                : new BinariesProcess(majorVersion, settings);
        process.start();
        // Own servers too: a test that is interrupted must not leave one behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::remove));
        return new TestServer(majorVersion, process, ownership);
    }
}
