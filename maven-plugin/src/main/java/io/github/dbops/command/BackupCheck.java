package io.github.dbops.command;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks before an apply whether there is a backup: a file that is young enough, or a command that succeeds. */
public final class BackupCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path directory;
    private final Backup backup;

    /**
     * A check.
     *
     * @param directory where a command runs and a relative file is looked for
     * @param backup what was asked for
     */
    public BackupCheck(Path directory, Backup backup) {
        this.directory = directory;
        this.backup = backup;
    }

    /**
     * Checks.
     *
     * @return one sentence for the console and the report
     * @throws io.github.dbops.problem.ProblemException (BACKUP_CHECK_FAILED)
     */
    public String run() {
        if (backup.check().isEmpty()) {
            return "No backup check is set (dbops.backupCheck).";
        }
        String check = backup.check().get();
        Optional<Path> file = file(check);
        return file.isPresent() ? ofFile(check, file.get()) : ofCommand(check);
    }

    private Optional<Path> file(String check) {
        try {
            return Optional.of(directory.resolve(check)).filter(Files::isRegularFile);
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private String ofFile(String check, Path file) {
        try {
            Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
            if (age.compareTo(backup.maxAge()) > 0 || Files.size(file) == 0) {
                throw failed(
                        Files.size(file) == 0
                                ? "The file " + check + " is empty."
                                : "The file " + check + " is " + age.toHours() + " h old; it may be "
                                        + backup.maxAge().toHours() + " h (dbops.backupMaxAge).");
            }
            return "Backup check satisfied: " + check + " is " + age.toMinutes() + " min old.";
        } catch (IOException failure) {
            throw failed("The file " + check + " cannot be read: " + failure.getMessage());
        }
    }

    // The command's output is not shown: nobody knows what it prints.
    private String ofCommand(String check) {
        try {
            Process process = new ProcessBuilder(shell(check))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed("The command did not end within " + PATIENCE.toMinutes() + " minutes.");
            }
            if (process.exitValue() != 0) {
                throw failed(
                        "Neither is dbops.backupCheck a file, nor does it succeed as a command: it ended with exit code "
                                + process.exitValue() + ".");
            }
            return "Backup check satisfied: the command of dbops.backupCheck succeeded.";
        } catch (IOException failure) {
            throw failed("The command cannot be run: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("The wait for the command was interrupted.");
        }
    }

    private static List<String> shell(String command) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        return windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
    }

    private static RuntimeException failed(String why) {
        return Problem.of(
                        Code.BACKUP_CHECK_FAILED,
                        "There is no proof of a backup.",
                        why,
                        "Make a backup, then apply again; or apply without asking for one: leave dbops.backupCheck out.")
                .exception();
    }
}
