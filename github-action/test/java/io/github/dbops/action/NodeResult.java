package io.github.dbops.action;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * One test's result as {@code reporter.mjs} writes it.
 *
 * @param state {@code passed}, {@code failed} or {@code skipped}
 * @param name the file and the test
 * @param message why it failed or was skipped; else empty
 */
record NodeResult(String state, String name, String message) {

    /** Reads a line of the reporter's. */
    static NodeResult parse(String line) {
        String[] parts = line.split("\t", -1);
        return new NodeResult(parts[0], parts[1], parts[2].replace("\\n", "\n"));
    }

    /** A test that ends as this one did. */
    DynamicTest replayed() {
        return DynamicTest.dynamicTest(name, () -> {
            switch (state) {
                case "passed" -> {}
                case "skipped" -> Assumptions.abort(message);
                default -> Assertions.fail(message);
            }
        });
    }
}
