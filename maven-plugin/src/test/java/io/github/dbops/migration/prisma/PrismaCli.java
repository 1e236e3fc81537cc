package io.github.dbops.migration.prisma;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real Prisma CLI of {@code it/prisma-oracle}, run by Node. */
final class PrismaCli {

    private static final Path HOME = Path.of("../it/prisma-oracle");

    private PrismaCli() {}

    /**
     * How a program ended.
     *
     * @param exit its exit code
     * @param output stdout and stderr
     */
    record Ended(int exit, String output) {}

    /** Gets the CLI's packages where they are not there; without Node the test is skipped, and says so. */
    static void install() {
        try {
            run(Map.of(), HOME, List.of("node", "--version"));
            run(Map.of(), HOME, List.of("npm", "--version"));
        } catch (UncheckedIOException absent) {
            abort("skipped: Node and npm are not on the path, so nothing was compared with the real Prisma CLI");
        }
        for (Path folder : List.of(HOME, HOME.resolve("prisma-6"))) {
            if (!Files.isDirectory(folder.resolve("node_modules/prisma"))) {
                Ended installed = run(Map.of(), folder, List.of("npm", "ci"));
                if (installed.exit() != 0) {
                    throw new AssertionError("npm ci failed in " + folder + ":\n" + installed.output());
                }
            }
        }
    }

    /**
     * {@code prisma migrate …}.
     *
     * @param major 6 or 7
     * @param words what follows {@code migrate}
     */
    static Ended migrate(int major, Path project, String url, String... words) {
        List<String> arguments = new ArrayList<>(
                List.of(Integer.toString(major), project.toAbsolutePath().toString(), "migrate"));
        arguments.addAll(List.of(words));
        return node(url, "prisma.mjs", arguments);
    }

    /** One of the oracle's own programs. */
    static Ended node(String url, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node", program));
        command.addAll(arguments);
        return run(Map.of("DATABASE_URL", url), HOME, command);
    }

    private static Ended run(Map<String, String> environment, Path folder, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
