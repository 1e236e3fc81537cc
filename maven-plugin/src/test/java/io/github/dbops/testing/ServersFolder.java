package io.github.dbops.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where test servers keep their data: in memory where Linux offers enough of it, because on a disk most of a short test's
 * time goes into creating and dropping its databases' several hundred files each; else under {@code target}. The system
 * property {@code dbops.test.folder} names another folder.
 */
final class ServersFolder {

    private static final Path TARGET =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("target");

    private static final Path MEMORY = Path.of("/dev/shm");

    /** Containers often have 64 MB there. */
    private static final long ENOUGH = 3L << 30;

    private ServersFolder() {}

    /** The folder; it need not be there yet. */
    static Path path() {
        String named = System.getProperty("dbops.test.folder");
        if (named != null) {
            return Path.of(named).toAbsolutePath();
        }
        return memoryWillDo()
                ? MEMORY.resolve("dbops-test-servers-" + System.getProperty("user.name"))
                : TARGET.resolve("test-servers");
    }

    private static boolean memoryWillDo() {
        try {
            return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
