package io.github.dbops.migration.prisma;

import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads Prisma's folder of migrations: each directory in it is one, whatever its name. */
final class PrismaFiles {

    private static final String SCRIPT = "migration.sql";
    private static final String LOCK_FILE = "migration_lock.toml";
    private static final String PROVIDER = "postgresql";

    private final MigrationFiles files;

    PrismaFiles(MigrationFiles files) {
        this.files = files;
    }

    /**
     * All of them, in the order in which they run; none where there is no folder.
     *
     * @throws io.github.dbops.problem.ProblemException MIGRATION_UNREADABLE
     */
    List<PrismaFile> all() {
        if (!Files.isDirectory(files.directory())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(files.directory())) {
            // As Prisma: a link to a directory is none.
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .map(this::file)
                    .sorted(Comparator.comparing(PrismaFile::name, new MigrationOrder()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(files.display(), e);
        }
    }

    /**
     * The lock file says for which database the migrations are written; without one nothing is checked.
     *
     * @throws io.github.dbops.problem.ProblemException PROVIDER_MISMATCH, MIGRATION_UNREADABLE
     */
    void mustBeForPostgres() {
        Path lockFile = files.directory().resolve(LOCK_FILE);
        if (!Files.isRegularFile(lockFile)) {
            return;
        }
        String provider = provider(lockFile);
        if (!provider.equals(PROVIDER)) {
            throw Problem.of(
                            Code.PROVIDER_MISMATCH,
                            "The migrations are not for PostgreSQL.",
                            files.display() + "/" + LOCK_FILE + " says provider = \"" + provider + "\".",
                            "Point dbops at the migrations of this database: -Ddbops.migrations=FOLDER",
                            "If the project moved to PostgreSQL: start a new history with prisma migrate dev.")
                    .at(files.display() + "/" + LOCK_FILE)
                    .exception();
        }
    }

    private String provider(Path lockFile) {
        try {
            return Files.readString(lockFile, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("provider"))
                    .findFirst()
                    .map(line ->
                            line.replaceFirst("^provider\\s*=\\s*", "").strip().replaceAll("^[\"']|[\"']$", ""))
                    .orElse("<PROVIDER NOT FOUND>");
        } catch (IOException e) {
            throw unreadable(files.display() + "/" + LOCK_FILE, e);
        }
    }

    private PrismaFile file(Path directory) {
        String name = directory.getFileName().toString();
        String place = files.display() + "/" + name + "/" + SCRIPT;
        Path script = directory.resolve(SCRIPT);
        if (!Files.isRegularFile(script)) {
            return new PrismaFile(name, place, Optional.empty());
        }
        try {
            return new PrismaFile(name, place, Optional.of(MigrationScript.of(place, Files.readAllBytes(script))));
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    private static RuntimeException unreadable(String place, IOException failure) {
        return Problem.of(
                        Code.MIGRATION_UNREADABLE,
                        "Cannot read " + place + ".",
                        failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                        "Make it readable for the user that runs Maven.")
                .at(place)
                .exception(failure);
    }
}
