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
}
