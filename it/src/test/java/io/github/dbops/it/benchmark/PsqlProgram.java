package io.github.dbops.it.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * psql where there is one.
 *
 * @param executable its file
 */
record PsqlProgram(Path executable) {

    static Optional<PsqlProgram> installed() {
        Stream<Path> path =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "psql"));
        return Stream.concat(packaged(), path)
                .filter(Files::isExecutable)
                .findFirst()
                .map(PsqlProgram::new);
    }

    // Debian's psql on the path is a script in Perl, whose start would be measured too.
    private static Stream<Path> packaged() {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin/psql")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it is started with, up to what it is to do. */
    List<String> command(int port, String database) {
        return List.of(
                executable.toString(),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "-d",
                database);
    }
}
