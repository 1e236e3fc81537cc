package io.github.dbops.migration.flyway;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** SHA-256 of what a deploy reads. Flyway's own CRC32 misses line ends, and changes that were made to fit it. */
final class FileChecksum {

    private FileChecksum() {}

    /** A migration's script as a file; empty where it is none (a class, an entry of a jar). */
    static Optional<Path> script(String physicalLocation) {
        try {
            return Optional.of(Path.of(physicalLocation))
                    .filter(file -> !physicalLocation.isEmpty() && !physicalLocation.endsWith(".class"))
                    .filter(Files::isRegularFile);
        } catch (InvalidPathException notAFile) {
            return Optional.empty();
        }
    }

    /** Of a script and of the {@code .conf} beside it, which decides how it is run. */
    static String of(Path script) {
        MessageDigest sha256 = sha256();
        for (Path file : List.of(script, Path.of(script + ".conf"))) {
            if (Files.isRegularFile(file)) {
                byte[] bytes = bytes(file);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha256.update(bytes);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Of texts, in order, each with its length before it. */
    static String of(List<String> texts) {
        MessageDigest sha256 = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            sha256.update(bytes);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Problem.of(
                            Code.MIGRATION_UNREADABLE,
                            "The file " + file.getFileName() + " cannot be read.",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "Check the file's permissions.")
                    .at(file.toString())
                    .exception();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
