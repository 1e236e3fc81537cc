package io.github.dbops.it;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Programs that are run to their end. */
final class Processes {

    private Processes() {}

    /** Waits for its end. */
    static void mustSucceed(ProcessBuilder program) {
        try {
            int exit = program.start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(program.command().get(0) + " ended with exit code " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
