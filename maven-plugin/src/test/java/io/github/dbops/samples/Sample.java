package io.github.dbops.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sample database and the plan that carries it.
 *
 * @param name short, of letters, digits and underscores
 * @param content what fills an empty database
 * @param plan a sync plan's JSON, written by hand
 */
public record Sample(String name, Content content, String plan) {

    /** Schema and rows. */
    @FunctionalInterface
    public interface Content {
        /** Fills an empty database, in auto-commit; on every supported PostgreSQL the same. */
        void load(Connection connection) throws SQLException;
    }

    /** Chinook, and those in the folder that {@code -Ddbops.test.samples} names; see {@link SampleFolder}. */
    public static List<Sample> all() {
        return Stream.concat(Stream.of(chinook()), SampleFolder.named().stream())
                .toList();
    }

    /** A shop for music. */
    public static Sample chinook() {
        return new Sample("chinook", new Chinook(), resource("/samples/chinook/sync-plan.json"));
    }

    /** As shown in the names of parameterised tests. */
    @Override
    public String toString() {
        return name;
    }

    private static String resource(String path) {
        try (InputStream stream = Sample.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
