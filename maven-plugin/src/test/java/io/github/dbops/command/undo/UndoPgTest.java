package io.github.dbops.command.undo;

import static io.github.dbops.command.undo.UndoFixture.codes;
import static io.github.dbops.command.undo.UndoFixture.rows;
import static io.github.dbops.command.undo.UndoFixture.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoOutcome.Result;
import io.github.dbops.sync.UndoState;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.util.List;
import java.util.Map;

/** What becomes of each row of a run when the run is undone. */
class UndoPgTest {

    private static final String SCHEMA = """
            CREATE TABLE shelf (id serial PRIMARY KEY, code text UNIQUE NOT NULL, title text);
            CREATE TABLE item (id serial PRIMARY KEY, code text UNIQUE NOT NULL, title text, barcode text UNIQUE,
                               shelf int REFERENCES shelf, part_of int REFERENCES item);
            CREATE TABLE sale (id serial PRIMARY KEY, item int REFERENCES item ON DELETE CASCADE, note text);
            """;
    private static final String PLAN = """
            {"tables": [{"name": "shelf", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"},
                        {"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}
            """;
    private static final String ROWS = """
            SELECT 'shelf', s.code, s.title, NULL, NULL, NULL FROM shelf AS s
            UNION ALL
            SELECT 'item', i.code, i.title, i.barcode, s.code, p.code
            FROM item AS i LEFT JOIN shelf AS s ON s.id = i.shelf LEFT JOIN item AS p ON p.id = i.part_of
            ORDER BY 1, 2
            """;

    /** Shelves A (old) and B (new); items a and b that change, c and d that are new, d a part of c. */
    private static UndoFixture fixture(TestServer server) {
        UndoFixture fixture = new UndoFixture(server, SCHEMA);
        fixture.source().execute("""
                INSERT INTO shelf (code, title) VALUES ('B', 'New shelf'), ('A', 'Renamed');
                INSERT INTO item (code, title, barcode, shelf) VALUES ('a', 'A2', '2', 1), ('b', 'B2', NULL, 2), ('c', 'C', '1', 1);
                INSERT INTO item (code, title, shelf, part_of) VALUES ('d', 'D', 1, 3);
                """);
        fixture.target().execute("""
                INSERT INTO shelf (id, code, title) VALUES (70, 'A', 'Old');
                INSERT INTO item (id, code, title, barcode, shelf) VALUES (80, 'a', 'A1', '1', 70), (81, 'b', 'B1', '3', NULL), (82, 'z', 'Z', NULL, 70);
                """);
        fixture.sync.plan(PLAN);
        return fixture;
    }

    @PostgresTest
    void aRunThatNobodyHasTouchedSinceIsUndoneAsAWhole(TestServer server) {
        try (UndoFixture fixture = fixture(server)) {
            List<List<String>> before = fixture.target().query(ROWS);
            String run = fixture.applied();
            List<List<String>> after = fixture.target().query(ROWS);
            assertThat(after).isNotEqualTo(before);
            List<String> untouched = fixture.sync.snapshot();

            UndoOutcome dryRun = fixture.dryRun(run);
            assertThat(dryRun.problems()).isEmpty();
            assertThat(dryRun.result()).isEqualTo(Result.CHANGES_FOUND);
            assertThat(states(dryRun)).isEqualTo(Map.of(UndoState.RESTORE, 3L, UndoState.DELETE, 3L));
            assertThat(fixture.sync.snapshot()).isEqualTo(untouched);

            UndoOutcome undone = fixture.reviewed().undo(run);
            assertThat(undone.problems()).isEmpty();
            assertThat(undone.result()).isEqualTo(Result.UNDONE);
            assertThat(undone.digest()).isEqualTo(dryRun.digest());
            assertThat(undone.totals().restored()).isEqualTo(3);
            assertThat(undone.totals().deleted()).isEqualTo(3);
            assertThat(fixture.target().query(ROWS)).isEqualTo(before);
            assertThat(fixture.review().read()).isEmpty();
            assertThat(fixture.target()
                            .query("SELECT state, undoes::text, updated::text, deleted::text, remaining::text"
                                    + " FROM dbops.sync_run WHERE undoes IS NOT NULL"))
                    .isEqualTo(List.of(List.of("applied", run, "3", "3", "0")));

            assertThat(codes(fixture.dryRun(run))).containsExactly("DBOPS-433");
        }
    }

    @PostgresTest
    void whatOthersHaveTouchedStaysAndIsListed(TestServer server) {
        try (UndoFixture fixture = fixture(server)) {
            String run = fixture.applied();
            fixture.target().execute("""
                    UPDATE item SET title = 'theirs' WHERE code = 'a';
                    INSERT INTO sale (item) SELECT id FROM item WHERE code = 'd';
                    """);
            List<List<String>> sales = fixture.target().query("SELECT * FROM sale");

            UndoOutcome dryRun = fixture.dryRun(run);
            assertThat(rows(dryRun))
                    .containsExactlyInAnyOrder(
                            "shelf restore A",
                            "shelf referenced B: public.item (item_shelf_fkey)",
                            "item changed a",
                            "item restore b",
                            "item referenced c: public.item (item_part_of_fkey)",
                            "item referenced d: public.sale (sale_item_fkey)");

            UndoOutcome undone =
                    fixture.expecting(dryRun.digest().orElseThrow()).undo(run);
            assertThat(undone.problems()).isEmpty();
            assertThat(fixture.target().query("SELECT * FROM sale")).isEqualTo(sales);
            assertThat(fixture.target().query(ROWS).toString())
                    .contains("[item, b, B1, 3, null, null]", "[item, a, theirs, 2, B", "[item, d, D, null, B, c]")
                    .contains("[shelf, A, Old", "[shelf, B, New shelf");
            assertThat(fixture.target().query("SELECT remaining::text FROM dbops.sync_run WHERE undoes IS NOT NULL"))
                    .isEqualTo(List.of(List.of("4")));
        }
    }

    @PostgresTest
    void everyStateIsToldWithItsReason(TestServer server) {
        try (UndoFixture fixture = new UndoFixture(server, SCHEMA)) {
            fixture.source().execute("""
                    INSERT INTO shelf (code) VALUES ('A');
                    INSERT INTO item (code, title, barcode, shelf) SELECT 'old' || n, 'new', 'n' || n, 1 FROM generate_series(1, 7) n;
                    INSERT INTO item (code, shelf) SELECT 'new' || n, 1 FROM generate_series(1, 3) n;
                    """);
            fixture.target().execute("""
                    INSERT INTO shelf (code) VALUES ('A'), ('X');
                    INSERT INTO item (code, title, barcode, shelf) SELECT 'old' || n, 'old', 'o' || n, 2 FROM generate_series(1, 7) n;
                    """);
            fixture.sync.plan(PLAN);
            String run = fixture.applied();
            fixture.target().execute("""
                    UPDATE item SET title = 'old', barcode = 'o1', shelf = 2 WHERE code = 'old1';
                    UPDATE item SET title = 'theirs' WHERE code = 'old2';
                    DELETE FROM item WHERE code = 'old3';
                    UPDATE item SET code = 'renamed' WHERE code = 'old4';
                    INSERT INTO item (code, barcode) VALUES ('theirs', 'o5');
                    DELETE FROM item WHERE code = 'new1';
                    UPDATE item SET code = 'new2 renamed' WHERE code = 'new2';
                    """);
            assertThat(rows(fixture.dryRun(run)))
                    .containsExactlyInAnyOrder(
                            "item already old1",
                            "item changed old2",
                            "item gone old3",
                            "item gone old4",
                            "item taken old5: index item_barcode_key",
                            "item restore old6",
                            "item restore old7",
                            "item already new1",
                            "item already new2",
                            "item delete new3");
            fixture.target().execute("""
                    UPDATE item SET shelf = 1 WHERE code = 'old1'; DELETE FROM shelf WHERE code = 'X';
                    UPDATE item SET part_of = (SELECT id FROM item WHERE code = 'new3') WHERE code = 'theirs';
                    """);
            assertThat(rows(fixture.dryRun(run)))
                    .contains(
                            "item changed old1",
                            "item parent-gone old6: public.item (item_shelf_fkey)",
                            "item referenced new3: public.item (item_part_of_fkey)")
                    .noneMatch(row -> row.startsWith("item restore") || row.startsWith("item delete"));
            List<String> before = fixture.sync.snapshot();
            UndoOutcome nothing = fixture.undo(run);
            assertThat(nothing.problems()).isEmpty();
            assertThat(nothing.result()).isEqualTo(Result.NOTHING_TO_DO);
            assertThat(fixture.sync.snapshot()).isEqualTo(before);
        }
    }

    @PostgresTest
    void aSecondUndoGoesOnWithWhatIsLeft(TestServer server) {
        try (UndoFixture fixture = fixture(server)) {
            List<List<String>> before = fixture.target().query(ROWS);
            String run = fixture.applied();
            fixture.target().execute("""
                    UPDATE item SET title = 'theirs' WHERE code = 'b';
                    INSERT INTO sale (item) SELECT id FROM item WHERE code = 'c';
                    """);
            assertThat(fixture.undo(run).totals().left()).isEqualTo(4);
            assertThat(fixture.list().runs().get(0).undone().orElseThrow().remaining())
                    .isEqualTo(4);

            fixture.target().execute("UPDATE item SET title = 'B2' WHERE code = 'b'; DELETE FROM sale");
            UndoOutcome second = fixture.undo(run);
            assertThat(second.problems()).isEmpty();
            assertThat(fixture.target().query(ROWS)).isEqualTo(before);
            assertThat(second.totals().left()).isZero();
            assertThat(fixture.list().runs().get(0).isUndone()).isTrue();
        }
    }

    @PostgresTest
    void anEarlierRunIsUndoneOnlyAfterTheLaterOneThatWroteTheSameRows(TestServer server) {
        try (UndoFixture fixture = fixture(server)) {
            List<List<String>> before = fixture.target().query(ROWS);
            String first = fixture.applied();
            List<List<String>> between = fixture.target().query(ROWS);
            fixture.source().execute("UPDATE item SET title = title || '!' WHERE code IN ('a', 'd')");
            String second = fixture.applied();

            UndoOutcome early = fixture.dryRun(first);
            assertThat(rows(early)).contains("item changed a", "item changed d", "item restore b");
            assertThat(fixture.undo(second).problems()).isEmpty();
            assertThat(fixture.target().query(ROWS)).isEqualTo(between);
            UndoOutcome late = fixture.undo(first);
            assertThat(late.problems()).isEmpty();
            assertThat(late.totals().left()).isZero();
            assertThat(fixture.target().query(ROWS)).isEqualTo(before);
        }
    }

    @PostgresTest
    void aTableThatWasAlteredSinceIsLeftAsItIsAndTheOthersAreUndone(TestServer server) {
        try (UndoFixture fixture = fixture(server)) {
            String run = fixture.applied();
            fixture.target().execute("ALTER TABLE item ADD weight int DEFAULT 1");
            UndoOutcome outcome = fixture.undo(run);
            assertThat(outcome.problems()).isEmpty();
            assertThat(states(outcome))
                    .isEqualTo(Map.of(UndoState.RESTORE, 1L, UndoState.REFERENCED, 1L, UndoState.TABLE_CHANGED, 4L));
            assertThat(outcome.tables().get(0).notes())
                    .singleElement()
                    .asString()
                    .contains("Its columns have changed since", "New: weight pg_catalog.int4");
            assertThat(fixture.target().query("SELECT title FROM shelf WHERE code = 'A'"))
                    .isEqualTo(List.of(List.of("Old")));
        }
    }

    @PostgresTest
    void aTypeThatWasAlteredSinceLeavesItsTableAsItIs(TestServer server) {
        try (UndoFixture fixture = new UndoFixture(
                server,
                "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE shelf (code text PRIMARY KEY, title text);"
                        + " CREATE TABLE item (code text PRIMARY KEY, mood mood, title text)")) {
            fixture.source()
                    .execute("INSERT INTO item VALUES ('a', 'happy', 'A'); INSERT INTO shelf VALUES ('b', 'B')");
            fixture.target().execute("INSERT INTO item VALUES ('a', 'sad', 'was A')");
            fixture.sync.plan(PLAN);
            String run = fixture.applied();
            fixture.target().execute("ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'");
            UndoOutcome outcome = fixture.undo(run);
            assertThat(outcome.problems()).isEmpty();
            assertThat(states(outcome)).isEqualTo(Map.of(UndoState.DELETE, 1L, UndoState.TABLE_CHANGED, 1L));
            assertThat(outcome.tables().get(0).notes())
                    .containsExactly("A type of its columns has changed since, so that recorded values are none any"
                            + " more (SQLSTATE 22P02): mood.");
            assertThat(fixture.target().query("SELECT mood::text, title FROM item"))
                    .isEqualTo(List.of(List.of("happy", "A")));
        }
    }

    @PostgresTest
    void whatHasBecomeStricterSinceIsNamedAndNothingIsUndone(TestServer server) {
        try (UndoFixture fixture = new UndoFixture(
                server,
                "CREATE TABLE shelf (code text PRIMARY KEY, title text);"
                        + " CREATE TABLE item (code text PRIMARY KEY, title text, mark varchar(20))")) {
            fixture.source().execute("INSERT INTO item VALUES ('a', 'A', 'm'), ('b', 'B', NULL)");
            fixture.target().execute("INSERT INTO item VALUES ('a', 'secret of a', 'much too long')");
            fixture.sync.plan(PLAN);
            String run = fixture.applied();
            for (List<String> stricter : List.of(
                    List.of(
                            "ADD CHECK (title NOT LIKE 'secret%')",
                            "DROP CONSTRAINT item_title_check", "item_title_check"),
                    List.of("ALTER mark TYPE varchar(3)", "ALTER mark TYPE varchar(20)", "varying(3)"))) {
                fixture.target().execute("ALTER TABLE item " + stricter.get(0));
                List<String> before = fixture.sync.snapshot();
                UndoOutcome outcome = fixture.undo(run);
                assertThat(outcome.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.why())
                                .contains(stricter.get(2))
                                .doesNotContain("secret"));
                assertThat(outcome.problems().get(0).next().toString()).doesNotContain("in the source");
                assertThat(fixture.sync.snapshot()).isEqualTo(before);
                fixture.target().execute("ALTER TABLE item " + stricter.get(1));
            }
            assertThat(fixture.undo(run).totals().restored()).isEqualTo(1);
        }
    }
}
