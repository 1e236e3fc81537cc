package io.github.dbops.it;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Programs that are run to their end. */
public final class Processes {

    private Processes() {}

    /** Runs a program and waits for its end. */
    public static void mustSucceed(ProcessBuilder program) {
        int exit = exitCode(program);
        if (exit != 0) {
            throw new IllegalStateException(program.command().get(0) + " ended with exit code " + exit);
        }
    }

    /** Runs a program and says how it ended. */
    public static int exitCode(ProcessBuilder program) {
        try {
            return exitCode(program.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of one that runs, and says how it ended. */
    public static int exitCode(Process program) {
        try {
            return program.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
