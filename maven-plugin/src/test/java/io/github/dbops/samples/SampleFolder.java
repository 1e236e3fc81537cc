package io.github.dbops.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Samples of one's own: each folder in it is one, with {@code sync-plan.json} and {@code *.sql} files, plain dumps that
 * are loaded in the order of their names.
 */
final class SampleFolder {

    private static final String PROPERTY = "dbops.test.samples";

    private SampleFolder() {}

    /** Those in the folder that the system property names; none without it. */
    static List<Sample> named() {
        String folder = System.getProperty(PROPERTY, "");
        return folder.isBlank() ? List.of() : in(Path.of(folder));
    }

    /** Those in a folder, by name. */
    static List<Sample> in(Path folder) {
        List<Sample> samples = entries(folder)
                .filter(Files::isDirectory)
                .map(SampleFolder::sample)
                .toList();
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no sample in " + folder);
        }
        return samples;
    }

    private static Sample sample(Path folder) {
        List<Path> dumps =
                entries(folder).filter(file -> file.toString().endsWith(".sql")).toList();
        return new Sample(
                folder.getFileName().toString(),
                connection -> load(dumps, connection),
                read(folder.resolve("sync-plan.json")));
    }

    private static void load(List<Path> dumps, Connection connection) throws SQLException {
        for (Path dump : dumps) {
            new PlainDump(read(dump)).load(connection);
            try (Statement statement = connection.createStatement()) {
                // pg_dump empties search_path and more for its own session.
                statement.execute("DISCARD ALL");
            }
        }
    }

    private static Stream<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
