package io.github.dbops.sync.compare;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    /** Where the next byte will be written. */
    long end() {
        return end;
    }

    /** Writes behind what is there; all of it has arrived when the stream is flushed or closed. */
    DataOutputStream append() {
        return new DataOutputStream(new BufferedOutputStream(new Appending(), STEP));
    }

    /** Reads what was written. */
    DataInputStream read() {
        return new DataInputStream(read(0, end, STEP));
    }

    /**
     * Reads a stretch, through a buffer of its own.
     *
     * @param from its first byte
     * @param to the byte behind its last
     * @param room the buffer's size in bytes
     */
    InputStream read(long from, long to, int room) {
        return new BufferedInputStream(new Stretch(from, to), room);
    }

    /** Appends the first numbers of an array. */
    Chunk append(long[] numbers, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length * Long.BYTES);
        bytes.asLongBuffer().put(numbers, 0, length);
        Chunk chunk = new Chunk(end, length);
        try {
            append(bytes);
        } catch (IOException failure) {
            throw noRoom(failure);
        }
        return chunk;
    }

    private void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            end += channel().write(bytes, end);
        }
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

    // Not truncated, which a new file need not be: ext4 sends to the disk what was truncated when it is closed.
    private FileChannel channel() throws IOException {
        FileChannel known = channel;
        if (known == null) {
            // Created with permissions for the owner only, on systems that have them.
            Path created = Files.createTempFile("dbops-", ".spill");
            created.toFile().deleteOnExit();
            path = created;
            known = FileChannel.open(created, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
     * Numbers in the file.
     *
     * @param position the first one's first byte
     * @param length how many numbers there are
     */
    record Chunk(long position, int length) {}

    /** Whatever is written here goes to the file's end. */
    private final class Appending extends OutputStream {

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            append(ByteBuffer.wrap(bytes, from, length));
        }
    }

    /** Bytes of the file, by their places: any number of stretches is read through one open file. */
    private final class Stretch extends InputStream {

        private final long to;
        private long at;

        private Stretch(long from, long to) {
            this.at = from;
            this.to = to;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (at == to) {
                return -1;
            }
            int read = channel().read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, to - at)), at);
            if (read < 0) {
                // No EOFException: a reader of records may take one for the end.
                throw new IOException("the temporary file is shorter than what was written to it");
            }
            at += read;
            return read;
        }
    }
}
