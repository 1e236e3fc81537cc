package io.github.dbops.postgres.embedded;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The right to use one embedded server, held by one process at a time and given up by the operating system with it. */
final class FolderLock {

    /** Far behind the holder's number, which others can then read where locks are mandatory (Windows). */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param patience how long; zero tries once
     * @param narrator told when waiting begins
     * @throws io.github.dbops.problem.ProblemException (EMBEDDED_UNAVAILABLE) where it is not to be had in time, or is
     *     held by this process itself
     */
    static FolderLock acquire(DataFolder folder, Duration patience, Consumer<String> narrator) {
        try {
            FileChannel channel = FileChannel.open(
                    folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                waitFor(channel, folder.path(), patience, narrator);
                byte[] holder = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.truncate(0).write(ByteBuffer.wrap(holder), 0);
                return new FolderLock(channel);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void waitFor(FileChannel channel, Path path, Duration patience, Consumer<String> narrator)
            throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean told = false;
        while (lockOf(channel, path) == null) {
            if (System.nanoTime() >= deadline) {
                throw inUse(path, "Process " + holder(channel) + " uses it.");
            }
            if (!told) {
                narrator.accept("Waiting for " + path + ", which process " + holder(channel) + " uses.");
                told = true;
            }
            pause(path);
        }
    }

    private static @Nullable FileLock lockOf(FileChannel channel, Path path) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            throw inUse(path, "This very process uses it already.");
        }
    }

    private static void pause(Path path) {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw inUse(path, "Waiting for it was interrupted.");
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    }

    private static RuntimeException inUse(Path path, String why) {
        return Problem.of(
                        Code.EMBEDDED_UNAVAILABLE,
                        "The embedded server in " + path + " is in use.",
                        why,
                        "Wait for the other run to end, or give this one a server of its own: another NAME in"
                                + " embedded:NAME")
                .withState("Nothing was started; nothing was changed.")
                .exception();
    }

    /** Gives the server up; a second time does nothing. */
    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
