package io.github.dbops.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The live main process of a data directory's server, known by its number and never by a name alone.
 *
 * @param process the process
 */
record Postmaster(ProcessHandle process) {

    private static final String PID_FILE = "postmaster.pid";
    private static final String PROGRAM = "postgres";
    private static final Duration CLEAN_SHUTDOWN = Duration.ofSeconds(15);

    /**
     * The postmaster that {@code postmaster.pid} tells of, if that process lives and is truly this directory's: numbers
     * are given out again.
     *
     * @see <a href="https://www.postgresql.org/docs/current/storage-file-layout.html">Database File Layout</a>
     */
    static Optional<Postmaster> of(Path dataDirectory) {
        try {
            // Number, data directory, start in seconds since 1970, port…
            List<String> lines = Files.readAllLines(dataDirectory.resolve(PID_FILE));
            if (lines.size() < 3) {
                return Optional.empty();
            }
            Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(process -> serves(process, dataDirectory, started))
                    .map(Postmaster::new);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes a {@code postmaster.pid} whose number another program has by now, for which PostgreSQL would refuse to
     * start. Where that program may be PostgreSQL the file stays, and PostgreSQL decides.
     */
    static void forgetOther(Path dataDirectory) {
        Path file = dataDirectory.resolve(PID_FILE);
        try {
            List<String> lines = Files.readAllLines(file);
            boolean other = !lines.isEmpty()
                    && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                            .flatMap(process -> process.info().command())
                            .filter(command -> !command.contains(PROGRAM))
                            .isPresent();
            if (other) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            // A clean shutdown took it away.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean serves(ProcessHandle process, Path dataDirectory, Instant started) {
        ProcessHandle.Info info = process.info();
        if (!info.command().orElse(PROGRAM).contains(PROGRAM)) {
            return false;
        }
        return info.arguments()
                .map(arguments -> Arrays.asList(arguments).contains(dataDirectory.toString()))
                // Where the system does not show arguments, the time of its start tells it from a later process.
                .or(() -> info.startInstant()
                        .map(instant -> Duration.between(instant, started).abs().toSeconds() < 5))
                .orElse(false);
    }

    /**
     * Ends the server: cleanly, and where it does not answer to that, by force, which its write-ahead log survives.
     * Returns when no process of it is left.
     */
    void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!isGone(CLEAN_SHUTDOWN)) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        CompletableFuture.allOf(Stream.concat(Stream.of(process), children.stream())
                        .map(ProcessHandle::onExit)
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private boolean isGone(Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
