package io.github.dbops.postgres.embedded;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.Secret;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One server's folder, {@code .dbops/embedded/NAME}. It counts as built when the file {@code built} is there, which is
 * written last and deleted first.
 *
 * @param path the folder itself, absolute
 */
record DataFolder(Path path) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,62}");
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    /**
     * What a finished build leaves behind.
     *
     * @param hash of the version and the scripts that it was built from
     * @param password the superuser's
     */
    record Built(String hash, Secret password) {}

    /**
     * The folder of a server, created where it is missing, with {@code .dbops} hidden from Git.
     *
     * @throws io.github.dbops.problem.ProblemException URL_MALFORMED where the name cannot be a folder's;
     *     EMBEDDED_UNAVAILABLE where the folder cannot be made
     */
    static DataFolder of(Path directory, DatabaseUrl.Embedded url) {
        if (!NAME.matcher(url.name()).matches() || url.name().startsWith("template")) {
            throw Problem.of(
                            Code.URL_MALFORMED,
                            "\"" + url.name() + "\" cannot name an embedded server.",
                            "The name is also a folder's and a database's: letters, digits, \".\", \"_\" and \"-\", at most"
                                    + " 63, not beginning with \".\", \"-\" or \"template\".",
                            "Choose another name, such as embedded:local")
                    .exception();
        }
        Path hidden = directory.resolve(".dbops");
        Path path = hidden.resolve("embedded").resolve(url.name());
        try {
            Files.createDirectories(path);
            Path ignore = hidden.resolve(".gitignore");
            if (!Files.exists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
            // A process is known for its data directory's by this very path, whatever links led here.
            return new DataFolder(path.toRealPath());
        } catch (IOException e) {
            throw Problem.of(
                            Code.EMBEDDED_UNAVAILABLE,
                            url.display() + " has no place for its data.",
                            "Cannot write " + e.getMessage(),
                            "Make " + hidden + " writable.")
                    .exception(e);
        }
    }

    /** PostgreSQL's data directory. */
    Path data() {
        return path.resolve("data");
    }

    /** What the server printed in this run. */
    Path log() {
        return path.resolve("server.log");
    }

    /** Held by the process that uses the server. */
    Path lock() {
        return path.resolve("lock");
    }

    /** The superuser's password while the data directory is being made. */
    Path passwordFile() {
        return path.resolve("password");
    }

    private Path stamp() {
        return path.resolve("built");
    }

    /** What the kept data was built from; empty where there is none, or a build did not come to its end. */
    Optional<Built> built() {
        try {
            List<String> lines = Files.readAllLines(stamp());
            return lines.size() == 2 ? Optional.of(new Built(lines.get(0), Secret.of(lines.get(1)))) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes everything but the lock, and makes up a password for the data directory to come. */
    Secret clear() {
        try {
            Files.deleteIfExists(stamp());
            Files.deleteIfExists(passwordFile());
            deleteTree(data());
            Secret password = Secret.of(new BigInteger(160, new SecureRandom()).toString(36));
            writeForOwner(passwordFile(), password.reveal() + "\n");
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Declares the build finished; atomic, so that a crash leaves it finished or not begun. */
    void markBuilt(Built built) {
        try {
            Path next = path.resolve("built.next");
            Files.deleteIfExists(next);
            writeForOwner(next, built.hash() + "\n" + built.password().reveal() + "\n");
            Files.move(next, stamp(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(passwordFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeForOwner(Path file, String text) throws IOException {
        Files.createFile(file, OWNER_ONLY);
        Files.writeString(file, text);
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
