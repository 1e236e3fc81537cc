package io.github.dbops.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers of test runs that were killed: no shutdown hook ran, and their postmaster lives on. */
final class StaleServers {

    private StaleServers() {}

    /** Ends and deletes every server under a folder whose JVM, the number its name begins with, is gone. */
    static void removeFrom(Path servers) {
        if (!Files.isDirectory(servers)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(servers)) {
            for (Path folder : folders) {
                long owner = Long.parseLong(folder.getFileName().toString().split("-", 2)[0]);
                if (ProcessHandle.of(owner).isEmpty()) {
                    postmaster(folder.resolve("data")).ifPresent(process -> {
                        process.destroyForcibly();
                        process.onExit().join();
                    });
                    delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The live postmaster of a data directory, by the first two lines of its {@code postmaster.pid}. */
    static Optional<ProcessHandle> postmaster(Path dataDirectory) {
        try {
            List<String> lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
            // The number may belong to another process by now; only one that is named postgres is ended.
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(process -> process.info().command().orElse("").contains("postgres"))
                    .filter(process -> Path.of(lines.get(1)).equals(dataDirectory));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it; one that is not there is fine. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
