package io.github.dbops.sync.draft.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The plan's JSON schema beside the plan, so that editors complete and check it without a network.
 *
 * @param path where it is
 */
record SchemaFile(Path path) {

    /** Its name, which the plan's {@code $schema} leads to. */
    static final String NAME = "sync-plan.schema.json";

    /** What tells dbops' schema of any version from somebody else's file of that name. */
    private static final String MARK = "\"title\": \"dbops sync plan\"";

    /** The one in a plan's folder. */
    static SchemaFile beside(Path plan) {
        return new SchemaFile(plan.resolveSibling(NAME));
    }

    /** What there is of it. */
    State state() throws IOException {
        if (Files.notExists(path)) {
            return State.ABSENT;
        }
        String there = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        if (there.equals(text())) {
            return State.CURRENT;
        }
        return there.contains(MARK) ? State.OUTDATED : State.FOREIGN;
    }

    /** This dbops' schema. */
    static String text() {
        try (InputStream resource = SchemaFile.class.getResourceAsStream(NAME)) {
            if (resource == null) {
                throw new IllegalStateException("the plugin lacks " + NAME);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands where the schema goes. */
    enum State {
        ABSENT,
        CURRENT,
        /** Another version's, which may be replaced. */
        OUTDATED,
        /** Somebody else's, which is left alone. */
        FOREIGN
    }
}
