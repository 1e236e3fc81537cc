package io.github.dbops.command.undo;

import static io.github.dbops.command.undo.UndoFixture.rows;
import static io.github.dbops.command.undo.UndoFixture.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables of all shapes: partitions, inheritance, circles, generated columns, keys through references, many rows. */
class UndoShapesPgTest {

    private static final String WINS = "\"mode\": \"upsert\", \"onConflict\": \"local_wins\"";

    /** Applies, undoes and compares with what was there before. */
    private static void assertUndone(UndoFixture fixture, String query, Map<UndoState, Long> states) {
        List<List<String>> before = fixture.target().query(query);
        String run = fixture.applied();
        assertThat(fixture.target().query(query)).isNotEqualTo(before);
        UndoOutcome dryRun = fixture.dryRun(run);
        assertThat(dryRun.problems()).isEmpty();
        assertThat(states(dryRun)).isEqualTo(states);
        UndoOutcome undone = fixture.expecting(dryRun.digest().orElseThrow()).undo(run);
        assertThat(undone.problems()).isEmpty();
        assertThat(fixture.target().query(query)).isEqualTo(before);
    }

    @PostgresTest
    void partitionsThatReferToEachOtherAndRowsThatMoveBetweenThem(TestServer server) {
        String schema = """
                CREATE TABLE place (region text, code text, note text, PRIMARY KEY (code, region)) PARTITION BY LIST (region);
                CREATE TABLE place_n PARTITION OF place FOR VALUES IN ('n');
                CREATE TABLE place_rest PARTITION OF place DEFAULT PARTITION BY LIST (code);
                CREATE TABLE place_rest_a PARTITION OF place_rest DEFAULT;
                CREATE TABLE visit (code text, region text, stay text, place text, day int, PRIMARY KEY (code, region),
                                    FOREIGN KEY (place, stay) REFERENCES place (code, region) ON DELETE CASCADE)
                    PARTITION BY LIST (region);
                CREATE TABLE visit_n PARTITION OF visit FOR VALUES IN ('n');
                CREATE TABLE visit_rest PARTITION OF visit DEFAULT;
                CREATE TABLE guide (id serial PRIMARY KEY, region text, place text,
                                    FOREIGN KEY (place, region) REFERENCES place (code, region));
                CREATE TABLE lamp (id serial PRIMARY KEY, place text, region text,
                                   FOREIGN KEY (place, region) REFERENCES place_n (code, region) ON DELETE SET NULL);
                """;
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("""
                    INSERT INTO place VALUES ('n', 'a', 'A'), ('s', 'b', 'B'), ('n', 'c', 'new'), ('e', 'd', 'new'), ('n', 'e', 'new');
                    INSERT INTO visit VALUES ('v', 'n', 'n', 'c', 1), ('w', 's', 's', 'b', 2);
                    """);
            fixture.target().execute("""
                    INSERT INTO place VALUES ('n', 'a', 'was A'), ('s', 'b', 'was B');
                    INSERT INTO visit VALUES ('w', 's', 'n', 'a', 1);
                    """);
            fixture.sync.plan("{\"tables\": [{\"name\": \"place\", \"key\": [\"code\", \"region\"], " + WINS
                    + "}, {\"name\": \"visit\", \"key\": [\"code\", \"region\"], " + WINS + "}]}");
            String run = fixture.applied();
            fixture.target().execute("""
                    INSERT INTO guide (region, place) VALUES ('e', 'd'); INSERT INTO lamp (region, place) VALUES ('n', 'e');
                    """);
            assertThat(rows(fixture.dryRun(run)))
                    .containsExactlyInAnyOrder(
                            "place restore a",
                            "place restore b",
                            "place delete c",
                            "place referenced d: public.guide (guide_place_region_fkey)",
                            "place referenced e: public.lamp (lamp_place_region_fkey)",
                            "visit restore w",
                            "visit delete v");
            UndoOutcome undone = fixture.undo(run);
            assertThat(undone.problems()).isEmpty();
            assertThat(fixture.target().query("SELECT region, code, note FROM place ORDER BY 2"))
                    .isEqualTo(List.of(
                            List.of("n", "a", "was A"),
                            List.of("s", "b", "was B"),
                            List.of("e", "d", "new"),
                            List.of("n", "e", "new")));
            assertThat(fixture.target().query("SELECT code, region, stay, place FROM visit"))
                    .isEqualTo(List.of(List.of("w", "s", "n", "a")));
            assertThat(fixture.target().query("SELECT count(*) FROM lamp WHERE place IS NULL"))
                    .isEqualTo(List.of(List.of("0")));
        }
    }

    @PostgresTest
    void aRowThatMovesToAnotherPartitionMovesBack(TestServer server) {
        String schema = """
                CREATE TABLE place (region text, code text, note text) PARTITION BY LIST (region);
                CREATE TABLE place_n PARTITION OF place FOR VALUES IN ('n');
                CREATE TABLE place_rest PARTITION OF place DEFAULT;
                """;
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("INSERT INTO place VALUES ('s', 'a', 'A'), ('n', 'b', 'B')");
            fixture.target().execute("INSERT INTO place VALUES ('n', 'a', 'A')");
            fixture.sync.plan("{\"tables\": [{\"name\": \"place\", \"key\": [\"code\"], " + WINS + "}]}");
            assertUndone(
                    fixture,
                    "SELECT tableoid::regclass::text, p.* FROM place AS p ORDER BY code",
                    Map.of(UndoState.RESTORE, 1L, UndoState.DELETE, 1L));
        }
    }

    @PostgresTest
    void aValueThatOnlyDeletedAndMovedRowsReferToIsTakenBack(TestServer server) {
        String schema = """
                CREATE TABLE shelf (code text PRIMARY KEY, label text UNIQUE);
                CREATE TABLE item (code text PRIMARY KEY, label text REFERENCES shelf (label) ON UPDATE CASCADE,
                                   title text);
                CREATE TABLE note (label text REFERENCES shelf (label) ON UPDATE CASCADE);
                CREATE TABLE lamp (code text PRIMARY KEY, label text REFERENCES shelf (label) ON UPDATE CASCADE);
                """;
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("""
                    INSERT INTO shelf VALUES ('a', 'A2'), ('b', 'B2'), ('c', 'C2');
                    INSERT INTO item VALUES ('new', 'A2'), ('moved', 'B2'), ('kept', 'C2');
                    """);
            fixture.target().execute("""
                    INSERT INTO shelf VALUES ('a', 'A1'), ('b', 'B1'), ('c', 'C1');
                    INSERT INTO item (code) VALUES ('moved'), ('kept');
                    """);
            fixture.sync.plan("{\"allowSideEffects\": [\"note\", \"lamp\"], \"tables\": [{\"name\": \"shelf\","
                    + " \"key\": [\"code\"], " + WINS + "}, {\"name\": \"item\", \"key\": [\"code\"], " + WINS
                    + "}]}");
            String run = fixture.applied();
            fixture.target().execute("UPDATE item SET title = 'theirs' WHERE code = 'kept'");
            assertThat(rows(fixture.dryRun(run)))
                    .containsExactlyInAnyOrder(
                            "shelf restore a",
                            "shelf restore b",
                            "shelf referenced c: public.item (item_label_fkey)",
                            "item restore moved",
                            "item changed kept",
                            "item delete new");
            // Nothing of it is allowed by the run: a cascade that meets no row needs no leave.
            fixture.target().execute("UPDATE dbops.sync_run SET side_effects = NULL");
            assertThat(fixture.undo(run).problems()).isEmpty();
            assertThat(fixture.target().query("SELECT code, label FROM shelf ORDER BY 1"))
                    .isEqualTo(List.of(List.of("a", "A1"), List.of("b", "B1"), List.of("c", "C2")));
            assertThat(fixture.target().query("SELECT code, coalesce(label, 'none') FROM item ORDER BY 1"))
                    .isEqualTo(List.of(List.of("kept", "C2"), List.of("moved", "none")));
        }
    }

    @PostgresTest
    void aTableThatInheritsIsNotTakenForItsParent(TestServer server) {
        String schema = """
                CREATE TABLE item (code text PRIMARY KEY, title text);
                CREATE TABLE special () INHERITS (item);
                """;
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B')");
            fixture.target().execute("INSERT INTO item VALUES ('a', 'was A')");
            fixture.target().execute("INSERT INTO special VALUES ('a', 'special'), ('b', 'B')");
            fixture.sync.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + WINS + "}]}");
            assertUndone(
                    fixture,
                    "SELECT tableoid::regclass::text, i.* FROM item AS i ORDER BY 1, 2",
                    Map.of(UndoState.RESTORE, 1L, UndoState.DELETE, 1L));
        }
    }

    @PostgresTest
    void circlesGoTogetherWhateverTheirForeignKeysDo(TestServer server) {
        String schema = """
                CREATE TABLE team (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE, lead int);
                CREATE TABLE person (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, email text UNIQUE,
                                     team int NOT NULL REFERENCES team ON DELETE CASCADE,
                                     boss int REFERENCES person ON DELETE RESTRICT, name text);
                ALTER TABLE team ADD FOREIGN KEY (lead) REFERENCES person ON DELETE SET NULL;
                """;
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("""
                    INSERT INTO team (name) VALUES ('one'), ('two');
                    INSERT INTO person (email, team, boss) VALUES ('a', 1, NULL), ('b', 1, 1), ('c', 2, 2);
                    UPDATE person SET boss = 3 WHERE email = 'a';
                    UPDATE team SET lead = 4 - id;
                    """);
            fixture.target().execute("""
                    INSERT INTO team (name) VALUES ('zero'), ('one');
                    INSERT INTO person (email, team, boss, name) VALUES ('z', 1, NULL, 'Z'), ('b', 1, 1, 'was B');
                    UPDATE team SET lead = 2 WHERE name = 'one';
                    """);
            fixture.sync.plan("{\"tables\": [{\"name\": \"team\", \"key\": [\"name\"], " + WINS
                    + "}, {\"name\": \"person\", \"key\": [\"email\"], " + WINS + "}]}");
            assertUndone(
                    fixture,
                    "SELECT 't', id, name, lead FROM team UNION ALL SELECT 'p' || name, id, email, boss FROM person"
                            + " ORDER BY 1, 2",
                    Map.of(UndoState.RESTORE, 2L, UndoState.DELETE, 3L));
        }
    }

    @PostgresTest
    void keysThroughReferencesAndUniqueValuesThatAreComputed(TestServer server) {
        String schema = """
                CREATE TABLE "Product Line" (id serial PRIMARY KEY, "Slug?" text UNIQUE);
                CREATE TABLE "text" (id serial PRIMARY KEY, line int NOT NULL REFERENCES "Product Line", lang char(2),
                                     "what?" text, folded text GENERATED ALWAYS AS (lower("what?")) STORED UNIQUE,
                                     UNIQUE (line, lang));
                CREATE UNIQUE INDEX ON "text" (md5("what?")) WHERE lang <> 'xx';
                """;
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("""
                    INSERT INTO "Product Line" ("Slug?") VALUES ('s'), ('n');
                    INSERT INTO "text" (line, lang, "what?") VALUES (1, 'de', 'Neu'), (1, 'en', 'New'), (2, 'de', 'Alt'), (1, 'fr', 'Q');
                    """);
            fixture.target().execute("""
                    INSERT INTO "Product Line" (id, "Slug?") VALUES (70, 's');
                    INSERT INTO "text" (line, lang, "what?") VALUES (70, 'de', 'Alt'), (70, 'en', 'Old'), (70, 'fr', 'Vieux');
                    """);
            fixture.sync.plan("{\"tables\": [{\"name\": \"Product Line\", \"key\": [\"Slug?\"], " + WINS
                    + "}, {\"name\": \"text\", \"key\": [\"line\", \"lang\"], " + WINS + "}]}");
            String query = "SELECT * FROM \"text\" ORDER BY lang, line";
            List<List<String>> before = fixture.target().query(query);
            String run = fixture.applied();
            // The one takes what lower() makes of a former value, the other what md5() makes of one.
            fixture.target().execute("INSERT INTO \"text\" (line, lang, \"what?\") VALUES (70, 'it', 'OLD')");
            UndoOutcome outcome = fixture.undo(run);
            assertThat(outcome.problems()).isEmpty();
            assertThat(rows(outcome))
                    .containsExactlyInAnyOrder(
                            "Product Line delete n",
                            "text restore 70",
                            "text taken 70: index text_folded_key",
                            "text restore 70",
                            "text delete " + id(outcome));
            fixture.target().execute("DELETE FROM \"text\" WHERE lang = 'it'");
            assertThat(fixture.undo(run).problems()).isEmpty();
            assertThat(fixture.target().query(query)).isEqualTo(before);
        }
    }

    private static String id(UndoOutcome outcome) {
        return outcome.tables().get(1).rows().stream()
                .filter(row -> row.state() == UndoState.DELETE)
                .map(row -> String.valueOf(row.key().get(0).value()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manyRowsLieInSeveralPartsOfTheRecordAndHugeOnesByThemselves() {
        TestServer server = TestServers.newest();
        try (UndoFixture fixture =
                new UndoFixture(server, "CREATE TABLE item (a int, b text, title text, PRIMARY KEY (a, b))")) {
            fixture.source().execute("""
                    INSERT INTO item SELECT n, 'k' || n % 7, repeat('x', n % 3) FROM generate_series(1, 3500) n;
                    UPDATE item SET title = repeat('y', 3000000) WHERE a BETWEEN 900 AND 902;
                    """);
            fixture.target().execute("""
                    INSERT INTO item SELECT n, 'k' || n % 7, 'old ' || n FROM generate_series(1, 1500) n;
                    UPDATE item SET title = repeat('z', 3000000) WHERE a BETWEEN 700 AND 702;
                    """);
            fixture.sync.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"a\", \"b\"], " + WINS + "}]}");
            assertUndone(
                    fixture,
                    "SELECT count(*)::text, md5(string_agg(i::text, ',' ORDER BY a)) FROM item AS i",
                    Map.of(UndoState.RESTORE, 1500L, UndoState.DELETE, 2000L));
            assertThat(
                            fixture.target()
                                    .query(
                                            "SELECT action, sum(row_count)::text, (count(*) > 4)::text, (max(row_count) < 1030)::text,"
                                                    + " (count(*) = count(DISTINCT part))::text FROM dbops.sync_undo GROUP BY 1 ORDER BY 1"))
                    .isEqualTo(List.of(
                            List.of("insert", "2000", "false", "true", "true"),
                            List.of("update", "1500", "true", "true", "true")));
        }
    }

    @PostgresTest
    void theRecordOfAFilledTableIsInPartsWhateverLayInItBefore(TestServer server) {
        String schema = "CREATE TABLE item (code text PRIMARY KEY, title text);"
                + "CREATE TABLE saga (code text PRIMARY KEY, title text);";
        try (UndoFixture fixture = new UndoFixture(server, schema)) {
            fixture.source().execute("""
                    INSERT INTO item SELECT n, repeat('x', n % 300) FROM generate_series(1, 5000) n;
                    INSERT INTO saga SELECT repeat('k', 3000) || n, 'long' FROM generate_series(1, 700) n;
                    """);
            fixture.target().execute("""
                    INSERT INTO item SELECT n, repeat('y', 99) FROM generate_series(1, 3000) n;
                    DELETE FROM item;
                    """);
            fixture.target().execute("VACUUM (TRUNCATE false) item");
            fixture.sync.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + WINS
                    + "}, {\"name\": \"saga\", \"key\": [\"code\"], " + WINS + "}]}");
            assertUndone(
                    fixture,
                    "SELECT (SELECT count(*) FROM item)::text, (SELECT count(*) FROM saga)::text",
                    Map.of(UndoState.DELETE, 5700L));
            assertThat(fixture.target().query("""
                            SELECT table_name, sum(row_count)::text, (count(*) > 2)::text,
                                   (max(row_count) < CASE table_name WHEN 'item' THEN 3000 ELSE 300 END)::text,
                                   (count(*) = count(DISTINCT part))::text
                            FROM dbops.sync_undo GROUP BY 1 ORDER BY 1
                            """))
                    .isEqualTo(List.of(
                            List.of("item", "5000", "true", "true", "true"),
                            List.of("saga", "700", "true", "true", "true")));
        }
    }

    @Test
    void aKeyThatNoIndexKeepsUniqueIsNotGuessedAt() {
        try (UndoFixture fixture = new UndoFixture(
                TestServers.newest(), "CREATE TABLE item (code text, title text); CREATE INDEX ON item (code)")) {
            fixture.source().execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B'), ('c', 'C')");
            fixture.target().execute("INSERT INTO item VALUES ('a', 'was A')");
            fixture.sync.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + WINS + "}]}");
            String run = fixture.applied();
            fixture.target().execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'theirs')");
            assertThat(rows(fixture.dryRun(run)))
                    .containsExactlyInAnyOrder(
                            "item changed a: several rows have its key",
                            "item changed b: several rows have its key",
                            "item delete c");
            assertThat(fixture.undo(run).problems()).isEmpty();
            assertThat(fixture.target().query("SELECT * FROM item ORDER BY code, title"))
                    .isEqualTo(
                            List.of(List.of("a", "A"), List.of("a", "A"), List.of("b", "B"), List.of("b", "theirs")));
        }
    }
}
