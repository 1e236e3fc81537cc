package io.github.dbops.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests that Node runs, told one by one. Where there is no Node, or {@code prepare.mjs} ends with 3, they are skipped and
 * the build says why.
 *
 * @param folder where they, {@code prepare.mjs} and {@code package-lock.json} are
 * @param output a folder for what the programs say
 */
public record NodeTests(Path folder, Path output) {

    private static final int OLDEST_NODE = 20;
    private static final int NONE_TO_BE_HAD = 3;
    private static final String REPORTER = "../../../../github-action/test/reporter.mjs";

    /** Prepares and runs them all. */
    public Stream<DynamicTest> run() throws IOException, InterruptedException {
        if (nodeVersion() < OLDEST_NODE) {
            return skipped("These tests need Node " + OLDEST_NODE + " or newer and npm on the PATH.");
        }
        Path prepared = output.resolve("prepare.log");
        int status = execute(prepared, "node", "prepare.mjs");
        if (status == NONE_TO_BE_HAD) {
            return skipped(Files.readString(prepared).strip());
        }
        if (status != 0) {
            Assertions.fail("prepare.mjs ended with " + status + ":\n" + Files.readString(prepared));
        }
        return results().map(NodeTests::replayed);
    }

    /** Runs one program of the folder, which must end well. */
    public void program(String name) throws IOException, InterruptedException {
        Path log = output.resolve(name + ".log");
        int status = execute(log, "node", name);
        if (status != 0) {
            Assertions.fail(name + " ended with " + status + ":\n" + Files.readString(log));
        }
    }

    private int nodeVersion() throws InterruptedException {
        if (File.separatorChar == '\\') {
            return 0;
        }
        try {
            Path version = output.resolve("node-version.txt");
            execute(version, "node", "--version");
            execute(output.resolve("npm-version.txt"), "npm", "--version");
            Matcher major = Pattern.compile("v(\\d+)\\..*")
                    .matcher(Files.readString(version).strip());
            return major.matches() ? Integer.parseInt(major.group(1)) : 0;
        } catch (IOException absent) {
            return 0;
        }
    }

    private Stream<String> results() throws IOException, InterruptedException {
        Path results = output.resolve("node-results.txt").toAbsolutePath();
        Files.deleteIfExists(results);
        Path log = output.resolve("node.log");
        int status = execute(
                log,
                "bash",
                "-c",
                "exec node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout"
                        + " --test-reporter=" + REPORTER + " --test-reporter-destination='" + results + "' *.test.mjs");
        List<String> all = Files.exists(results) ? Files.readAllLines(results) : List.of();
        boolean explained = all.stream().anyMatch(result -> result.startsWith("failed\t"));
        if (all.isEmpty() || status != 0 && !explained) {
            Assertions.fail("Node ended with " + status + ":\n" + Files.readString(log));
        }
        return all.stream();
    }

    // A line of the reporter's: state, name, message.
    private static DynamicTest replayed(String line) {
        String[] parts = line.split("\t", -1);
        String message = parts[2].replace("\\n", "\n");
        return DynamicTest.dynamicTest(parts[1], () -> {
            switch (parts[0]) {
                case "passed" -> {}
                case "skipped" -> Assumptions.abort(message);
                default -> Assertions.fail(message);
            }
        });
    }

    private static Stream<DynamicTest> skipped(String why) {
        return Stream.of(DynamicTest.dynamicTest("cannot run here", () -> Assumptions.abort(why)));
    }

    private int execute(Path log, String... command) throws IOException, InterruptedException {
        Files.createDirectories(output);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }
}
