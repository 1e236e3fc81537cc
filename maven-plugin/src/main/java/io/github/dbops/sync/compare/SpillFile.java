package io.github.dbops.sync.compare;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file that only its owner can read, gone when closed or when the JVM ends. */
final class SpillFile implements AutoCloseable {

    private final Path path;

    SpillFile() {
        try {
            // Created with permissions for the owner only, on systems that have them.
            this.path = Files.createTempFile("dbops-", ".spill");
            path.toFile().deleteOnExit();
        } catch (IOException failure) {
            throw noRoom(failure);
        }
    }

    DataOutputStream write() {
        try {
            return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
        } catch (IOException failure) {
            throw noRoom(failure);
        }
    }

    DataInputStream read() {
        try {
            return new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
        } catch (IOException failure) {
            throw noRoom(failure);
        }
    }

    static RuntimeException noRoom(IOException failure) {
        return Problem.of(
                        Code.SETTING_INVALID,
                        "Cannot write a temporary file.",
                        failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                        "Make room in the temporary directory, or name another one: "
                                + "MAVEN_OPTS=-Djava.io.tmpdir=/path/with/room")
                .exception(failure);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
