package io.github.dbops.sync.draft.text;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a first plan goes. A file that is there is replaced only when that was said; either way a reader sees a whole
 * plan or none.
 *
 * @param path the plan's file
 * @param name how messages and reports call it: as the operator gave it
 */
public record DraftFile(Path path, String name) {

    /** Where a sync looks for a plan when none is named: one of these that is there must not be shadowed. */
    private static final List<String> DEFAULT_PLACES = List.of("sync-plan.json", "scripts/db/sync-plan.json");

    private static final String UNWRITTEN = "Nothing was written.";

    /**
     * The file that an operator means: the one that is named, else the default plan that is there, else the first of the
     * default places.
     *
     * @param directory the execution root; relative paths start here
     * @throws ProblemException (PLAN_NOT_WRITTEN) for what is no path
     */
    public static DraftFile locate(Path directory, Optional<String> explicit) {
        String name = explicit.orElseGet(() -> DEFAULT_PLACES.stream()
                .filter(place -> Files.exists(directory.resolve(place)))
                .findFirst()
                .orElse(DEFAULT_PLACES.get(0)));
        try {
            return new DraftFile(directory.resolve(name), name);
        } catch (InvalidPathException e) {
            throw unwritten(name, e.getReason() + ".").exception(e);
        }
    }

    /** How a sync by this plan is started. */
    public String command() {
        return DEFAULT_PLACES.contains(name) ? "mvn dbops:sync" : "mvn dbops:sync -Dplan=" + argument();
    }

    /**
     * Refuses where there is a file.
     *
     * @throws ProblemException (PLAN_EXISTS)
     */
    public void refuseIfThere() {
        if (Files.exists(path)) {
            throw exists().exception();
        }
    }

    /**
     * Writes a plan where there is none, and its schema beside it.
     *
     * @return what the operator should know, a sentence each
     * @throws ProblemException (PLAN_EXISTS, PLAN_NOT_WRITTEN)
     */
    public List<String> create(String text) {
        return write(text, Manner.CREATE);
    }

    /**
     * Writes a plan, in place of the one that may be there, and its schema beside it.
     *
     * @return what the operator should know, a sentence each
     * @throws ProblemException (PLAN_NOT_WRITTEN)
     */
    public List<String> replace(String text) {
        return write(text, Manner.REPLACE);
    }

    /** The schema's file, for people, beside the plan as the operator named that. */
    public String schemaName() {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        return name.substring(0, slash + 1) + SchemaFile.NAME;
    }

    private List<String> write(String text, Manner manner) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            SchemaFile schema = SchemaFile.beside(path.toAbsolutePath());
            SchemaFile.State state = schema.state();
            if (state == SchemaFile.State.ABSENT || state == SchemaFile.State.OUTDATED) {
                put(schema.path(), SchemaFile.text(), Manner.REPLACE);
            }
            put(path.toAbsolutePath(), text, manner);
            return state == SchemaFile.State.FOREIGN
                    ? List.of(schemaName()
                            + " is there and not of dbops; it was left alone, and \"$schema\" leads to it.")
                    : List.of();
        } catch (FileAlreadyExistsException e) {
            throw manner == Manner.CREATE && Files.exists(path)
                    ? exists().exception(e)
                    : unwritten(name, reason(e)).exception(e);
        } catch (IOException e) {
            throw unwritten(name, reason(e)).exception(e);
        }
    }

    private static void put(Path file, String text, Manner manner) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            manner.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private Problem exists() {
        return Problem.of(
                        Code.PLAN_EXISTS,
                        "There is a plan already: " + name + ".",
                        "dbops:init overwrites none unless told so: somebody may have worked on it.",
                        "See what it would write: mvn dbops:init -DdryRun",
                        "Write another file beside it, to compare the two: mvn dbops:init -Dplan=sync-plan.new.json",
                        "Replace it: mvn dbops:init -Ddbops.replacePlan"
                                + (DEFAULT_PLACES.contains(name) ? "" : " -Dplan=" + argument()))
                .at(path.toString());
    }

    private static Problem unwritten(String name, String why) {
        return Problem.of(
                        Code.PLAN_NOT_WRITTEN,
                        "Could not write " + name + ".",
                        why,
                        "Make its folder writable, or name another file: mvn dbops:init -Dplan=FILE")
                .withState(UNWRITTEN);
    }

    private String argument() {
        return name.matches("[\\w./@%+=:,-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    private enum Manner {
        CREATE {
            @Override
            void move(Path draft, Path file) throws IOException {
                // Without REPLACE_EXISTING, and not ATOMIC_MOVE, which implies it.
                Files.move(draft, file);
            }
        },
        REPLACE {
            @Override
            void move(Path draft, Path file) throws IOException {
                try {
                    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        };

        abstract void move(Path draft, Path file) throws IOException;
    }
}
