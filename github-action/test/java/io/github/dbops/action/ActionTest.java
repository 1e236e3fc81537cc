package io.github.dbops.action;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The action's tests. Where there is no Node they are skipped, and the build says so. */
class ActionTest {

    private static final int OLDEST_NODE = 20;
    private static final Path TESTS = Path.of("test").toAbsolutePath();
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TestFactory
    Stream<DynamicTest> actionAndWorkflows() throws IOException, InterruptedException {
        if (nodeVersion() < OLDEST_NODE) {
            String why = "The action's tests need Node " + OLDEST_NODE + " or newer and npm on the PATH.";
            return Stream.of(DynamicTest.dynamicTest("needs Node", () -> Assumptions.abort(why)));
        }
        install();
        return run().map(NodeResult::replayed);
    }

    private static int nodeVersion() throws InterruptedException {
        if (File.separatorChar == '\\') {
            return 0;
        }
        try {
            Path version = TARGET.resolve("node-version.txt");
            execute(List.of("node", "--version"), Map.of(), version);
            Matcher major = Pattern.compile("v(\\d+)\\..*")
                    .matcher(Files.readString(version).strip());
            return major.matches() ? Integer.parseInt(major.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void install() throws IOException, InterruptedException {
        Path installed = TESTS.resolve("node_modules/.package-lock.json");
        Path wanted = TESTS.resolve("package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
            return;
        }
        Path log = TARGET.resolve("npm.log");
        if (execute(List.of("npm", "ci", "--prefer-offline"), Map.of(), log) != 0) {
            Assertions.fail("npm ci failed:\n" + Files.readString(log));
        }
    }

    private static Stream<NodeResult> run() throws IOException, InterruptedException {
        Path results = TARGET.resolve("node-results.txt");
        Files.deleteIfExists(results);
        Path log = TARGET.resolve("node.log");
        int status = execute(
                List.of(
                        "bash",
                        "-c",
                        "exec node --import ./harness/json-imports.mjs --test --test-concurrency=2"
                                + " --test-reporter=spec --test-reporter-destination=stdout"
                                + " --test-reporter=./reporter.mjs --test-reporter-destination=\"$RESULTS\" *.test.mjs"),
                Map.of(
                        "RESULTS",
                        results.toString(),
                        "DBOPS_SETTINGS",
                        settings().toString()),
                log);
        List<NodeResult> all = Files.exists(results)
                ? Files.readAllLines(results).stream().map(NodeResult::parse).toList()
                : List.of();
        boolean explained = all.stream().anyMatch(result -> result.state().equals("failed"));
        if (all.isEmpty() || (status != 0 && !explained)) {
            Assertions.fail("Node ended with " + status + ":\n" + Files.readString(log));
        }
        return all.stream();
    }

    private static Path settings() throws IOException {
        Path settings = TARGET.resolve("settings.xml");
        String surrounding =
                Path.of(property("dbops.surroundingRepository")).toUri().toString();
        Files.writeString(
                settings,
                Files.readString(Path.of(property("dbops.settings"))).replace("@localRepositoryUrl@", surrounding));
        return settings;
    }

    private static int execute(List<String> command, Map<String, String> variables, Path log)
            throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        ProcessBuilder process = new ProcessBuilder(command).directory(TESTS.toFile());
        Map<String, String> environment = process.environment();
        environment.merge(
                "PATH",
                "",
                (path, none) -> String.join(
                        File.pathSeparator,
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        Path.of(property("dbops.mavenHome"), "bin").toString(),
                        path));
        environment.put("DBOPS_LOCAL_REPOSITORY", property("dbops.localRepository"));
        environment.putAll(variables);
        return process.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The build sets " + name + ".");
        }
        return value;
    }
}
