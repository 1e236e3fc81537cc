package io.github.dbops.report;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The folder for reports. Each file in it is replaced in one step, so that a reader sees the old text or the new one.
 *
 * @param path the folder; made when the first file is written
 */
record ReportFolder(Path path) {

    // The default where there is no POM. A build's own folder is ignored by everybody already; this one is not.
    private static final String WITHOUT_POM = "dbops-reports";

    /** The folder that holds a file. */
    static ReportFolder of(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a report needs a folder: " + file);
        }
        return new ReportFolder(parent);
    }

    /**
     * Writes or replaces a file, in UTF-8.
     *
     * @return the file
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    Path write(String name, String text) {
        Path file = path.resolve(name);
        Path draft = path.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(path);
            ignoreInCheckout();
            try {
                Files.write(draft, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
                replace(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
            return file;
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** The problem that a file in the way makes. */
    static ProblemException notWritten(Path file, IOException cause) {
        return Problem.of(
                        Code.REPORT_NOT_WRITTEN,
                        "Could not write " + file.getFileName() + ".",
                        cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                        "Make the folder writable, or name another one: -Ddbops.reports=FOLDER")
                .at(file.toString())
                .exception(cause);
    }

    private static void replace(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            // Some network file systems; two steps are better than no report.
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    // Reports may hold keys of rows: they should not be committed by an unthinking "git add .".
    private void ignoreInCheckout() throws IOException {
        Path ignore = path.resolve(".gitignore");
        if (path.endsWith(WITHOUT_POM) && isInCheckout() && Files.notExists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
    }

    private boolean isInCheckout() {
        for (Path at = path.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return true;
            }
        }
        return false;
    }
}
