package io.github.dbops.sync.compare;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A temporary file that only its owner can read, made when first needed, gone when closed or when the JVM ends. */
final class SpillFile implements AutoCloseable {

    private static final int STEP = 1 << 16;

    private @Nullable Path path;
    private @Nullable FileChannel channel;
    private long end;

    /** Writes the file from its beginning; at most once. */
    DataOutputStream write() {
        try {
            // Not truncated, which a new file need not be: ext4 sends to the disk what was truncated when it is closed.
            return new DataOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(path(), StandardOpenOption.WRITE), STEP));
        } catch (IOException failure) {
            throw noRoom(failure);
        }
    }

    /** Reads what was written. */
    DataInputStream read() {
        try {
            return new DataInputStream(new BufferedInputStream(Files.newInputStream(path()), STEP));
        } catch (IOException failure) {
            throw noRoom(failure);
        }
    }

    /** Appends the first numbers of an array. */
    Chunk append(long[] numbers, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length * Long.BYTES);
        bytes.asLongBuffer().put(numbers, 0, length);
        Chunk chunk = new Chunk(end, length);
        try {
            while (bytes.hasRemaining()) {
                end += channel().write(bytes, end);
            }
        } catch (IOException failure) {
            throw noRoom(failure);
        }
        return chunk;
    }

    /** Reads a chunk into an array, from an index on. */
    void read(Chunk chunk, long[] numbers, int at) {
        ByteBuffer bytes = ByteBuffer.allocate(chunk.length() * Long.BYTES);
        try {
            while (bytes.hasRemaining()) {
                if (channel().read(bytes, chunk.position() + bytes.position()) < 0) {
                    throw new EOFException("the temporary file is shorter than what was written to it");
                }
            }
        } catch (IOException failure) {
            throw noRoom(failure);
        }
        bytes.flip().asLongBuffer().get(numbers, at, chunk.length());
    }

    private Path path() throws IOException {
        Path known = path;
        if (known == null) {
            // Created with permissions for the owner only, on systems that have them.
            known = Files.createTempFile("dbops-", ".spill");
            known.toFile().deleteOnExit();
            path = known;
        }
        return known;
    }

    private FileChannel channel() throws IOException {
        FileChannel known = channel;
        if (known == null) {
            known = FileChannel.open(path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel = known;
        }
        return known;
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
            if (channel != null) {
                channel.close();
            }
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A stretch of the file.
     *
     * @param position its first byte
     * @param length how many numbers it has
     */
    record Chunk(long position, int length) {}
}
