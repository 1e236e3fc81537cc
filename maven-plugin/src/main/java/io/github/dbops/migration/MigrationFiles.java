package io.github.dbops.migration;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a repository keeps its migrations, and whose they are; spec section 4.
 *
 * @param engine whose
 * @param directory the folder, absolute; it may not exist where it was named
 * @param display the folder as its user knows it, relative to the project, for people
 */
public record MigrationFiles(EngineName engine, Path directory, String display) {

    private static final String PRISMA = "prisma/migrations";
    private static final List<String> FLYWAY = List.of("db/migration", "src/main/resources/db/migration");
    private static final String LOCK_FILE = "migration_lock.toml";

    /**
     * Finds them.
     *
     * @param project the execution root
     * @param engine what {@code dbops.engine} says; empty: found out
     * @param named what {@code dbops.migrations} says; empty: the engine's usual places
     * @throws io.github.dbops.problem.ProblemException MIGRATIONS_NOT_FOUND, ENGINE_AMBIGUOUS
     */
    public static MigrationFiles find(Path project, Optional<EngineName> engine, Optional<String> named) {
        return named.map(place -> inNamedPlace(project, engine, place)).orElseGet(() -> inUsualPlaces(project, engine));
    }

    private static MigrationFiles inNamedPlace(Path project, Optional<EngineName> engine, String place) {
        Path directory = project.resolve(place).normalize();
        if (!Files.isDirectory(directory)) {
            throw Problem.of(
                            Code.MIGRATIONS_NOT_FOUND,
                            "There is no folder " + place + ".",
                            "dbops.migrations names it; relative paths start at the project's directory.",
                            "Name the folder that holds the migrations: -Ddbops.migrations=FOLDER")
                    .at(place)
                    .exception();
        }
        EngineName whose = engine.orElseGet(
                () -> Files.exists(directory.resolve(LOCK_FILE)) ? EngineName.PRISMA : EngineName.FLYWAY);
        return new MigrationFiles(whose, directory, place);
    }

    private static MigrationFiles inUsualPlaces(Path project, Optional<EngineName> engine) {
        List<MigrationFiles> found = new ArrayList<>();
        // Named outright, Prisma's folder need not have its lock file: Prisma itself does not ask for it.
        boolean prisma = engine.filter(e -> e == EngineName.PRISMA).isPresent()
                ? Files.isDirectory(project.resolve(PRISMA))
                : Files.exists(project.resolve(PRISMA).resolve(LOCK_FILE));
        if (prisma) {
            found.add(at(project, EngineName.PRISMA, PRISMA));
        }
        FLYWAY.stream()
                .filter(place -> Files.isDirectory(project.resolve(place)))
                .limit(1)
                .forEach(place -> found.add(at(project, EngineName.FLYWAY, place)));
        found.removeIf(files -> engine.isPresent() && files.engine() != engine.get());
        if (found.size() > 1) {
            throw ambiguous(found);
        }
        return found.stream().findFirst().orElseThrow(() -> notFound(engine));
    }

    private static MigrationFiles at(Path project, EngineName engine, String place) {
        return new MigrationFiles(engine, project.resolve(place), place);
    }

    private static RuntimeException ambiguous(List<MigrationFiles> found) {
        return Problem.of(
                        Code.ENGINE_AMBIGUOUS,
                        "Both Prisma's and Flyway's migrations are here.",
                        "There are " + found.get(0).display() + " and "
                                + found.get(1).display() + ", and dbops does not guess which the database follows.",
                        "Say which: -Ddbops.engine=prisma",
                        "or: -Ddbops.engine=flyway")
                .exception();
    }

    private static RuntimeException notFound(Optional<EngineName> engine) {
        String places = engine.map(e -> e == EngineName.PRISMA ? PRISMA : String.join(", ", FLYWAY))
                .orElse(PRISMA + "/" + LOCK_FILE + ", " + String.join(", ", FLYWAY));
        return Problem.of(
                        Code.MIGRATIONS_NOT_FOUND,
                        "There are no migrations here.",
                        "Looked for " + places + ", and none is there.",
                        "Run in the project's root directory,",
                        "or say where they are: -Ddbops.migrations=FOLDER -Ddbops.engine=prisma (or flyway)")
                .exception();
    }
}
