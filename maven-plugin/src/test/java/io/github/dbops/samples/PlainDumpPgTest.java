package io.github.dbops.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of one's own: plain dumps, loaded without psql. */
class PlainDumpPgTest {

    private static final String DUMP = """
            --
            -- PostgreSQL database dump
            --
            \\restrict aBcD

            SELECT pg_catalog.set_config('search_path', '', false);

            CREATE FUNCTION public.twice(n integer) RETURNS integer LANGUAGE plpgsql AS $$
            BEGIN
                RETURN 2 * n; -- a semicolon; and {d a brace}
            END $$;

            CREATE TABLE public.note (id integer NOT NULL, body text);

            COPY public.note (id, body) FROM stdin;
            1\tone\\ttab and a \\\\.
            2\t\\N
            3\tgrüße; --
            \\.


            COPY public.note (id, body) FROM stdin;
            \\.

            ALTER TABLE ONLY public.note ADD CONSTRAINT note_pkey PRIMARY KEY (id);

            \\unrestrict aBcD
            """;

    @Test
    void foldersAreSamplesAndTheirDumpsAreLoadedInOrder(@TempDir Path folder) throws IOException {
        Path notes = Files.createDirectory(folder.resolve("notes"));
        Files.writeString(notes.resolve("1-schema-and-data.sql"), DUMP);
        Files.writeString(notes.resolve("2-changes.sql"), "INSERT INTO note VALUES (4, 'in public again');\n");
        Files.writeString(notes.resolve("sync-plan.json"), """
                {"tables": [{"name": "note", "key": ["id"], "mode": "append"}]}
                """);

        List<Sample> samples = SampleFolder.in(folder);

        assertThat(samples).extracting(Sample::name).containsExactly("notes");
        assertThat(new SamplePlan(samples.get(0).plan()).keys()).containsEntry("public.note", List.of("id"));
        try (SampleDatabases databases = new SampleDatabases();
                TestDatabase database = databases.full(TestServers.newest(), samples.get(0))) {
            assertThat(database.query("SELECT id, body, twice(id) FROM note ORDER BY id"))
                    .containsExactly(
                            List.of("1", "one\ttab and a \\.", "2"),
                            Arrays.asList("2", null, "4"),
                            List.of("3", "grüße; --", "6"),
                            List.of("4", "in public again", "8"));
        }
    }

    @Test
    void rowsWithoutAnEndAreToldWithTheirLine() {
        PlainDump dump = new PlainDump("SELECT 1;\nCOPY t FROM stdin;\n1\n");
        try (TestDatabase database = TestServers.newest().createDatabase()) {
            assertThatThrownBy(() -> dump.load(database.connection()))
                    .hasMessageContaining("line 2: COPY t FROM stdin;");
        }
    }

    @Test
    void aFolderWithoutSamplesIsAnError(@TempDir Path folder) {
        assertThatThrownBy(() -> SampleFolder.in(folder)).hasMessageContaining("no sample in " + folder);
    }
}
