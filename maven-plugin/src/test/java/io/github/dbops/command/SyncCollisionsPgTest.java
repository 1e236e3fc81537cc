package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an index of the target would refuse is found in the dry-run already, and nothing else is called a collision. */
class SyncCollisionsPgTest {

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.oldest(), TestServers.newest(), schema);
    }

    private static String plan(String table, String key) {
        return "{\"tables\": [{\"name\": \"" + table + "\", \"key\": [" + key
                + "], \"mode\": \"upsert\", \"onConflict\": \"local_wins\"}]}";
    }

    private static void passes(SyncFixture fixture) {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        assertThat(fixture.apply().problems()).isEmpty();
        assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
    }

    @Test
    void aValueThatAnotherRowOfTheTargetHasIsNamedWithBothRows() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (code text PRIMARY KEY, barcode text CONSTRAINT one_barcode UNIQUE)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', '1'), ('b', '2'), ('c', NULL)");
            fixture.target.execute("INSERT INTO item VALUES ('z', '1'), ('b', '3'), ('y', NULL)");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"code\"")), "DBOPS-416");
            assertThat(problem.what()).contains("1 row(s)", "\"one_barcode\"", "(barcode)");
            assertThat(problem.examples()).containsExactly("code=a (the target's code=z has it)");
        }
    }

    @Test
    void aCarriedIdThatAnotherRowOwnsIsFoundInTheDryRun() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (id text PRIMARY KEY, code text UNIQUE NOT NULL)")) {
            fixture.source.execute("INSERT INTO item VALUES ('c1', 'a')");
            fixture.target.execute("INSERT INTO item VALUES ('c1', 'z')");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"code\"")), "DBOPS-416");
            assertThat(problem.what()).contains("\"item_pkey\"");
        }
    }

    @Test
    void rowsThatSwapAUniqueValueAreNamed() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (code text PRIMARY KEY, place int CONSTRAINT one_place UNIQUE)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 1), ('b', 2)");
            fixture.target.execute("INSERT INTO item VALUES ('a', 2), ('b', 1)");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"code\"")), "DBOPS-416");
            assertThat(problem.what()).contains("2 row(s)", "\"one_place\"");
            assertThat(problem.examples()).containsExactlyInAnyOrder("code=a (from code=b)", "code=b (from code=a)");
        }
    }

    @Test
    void rowsSwapAUniqueValueWhereTheConstraintCanWait() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (code text PRIMARY KEY, place int UNIQUE DEFERRABLE INITIALLY IMMEDIATE)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 1), ('b', 2), ('c', 3)");
            fixture.target.execute("INSERT INTO item VALUES ('a', 2), ('b', 1)");
            passes(fixture.plan(plan("item", "\"code\"")));
        }
    }

    @Test
    void anInsertTakesWhatAnUpdateGivesUp() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, place int UNIQUE)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 9), ('b', 1)");
            fixture.target.execute("INSERT INTO item VALUES ('a', 1)");
            passes(fixture.plan(plan("item", "\"code\"")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    CREATE UNIQUE INDEX one ON item (lower(title))                   | 'Shoe'       | 'SHOE'
                    CREATE UNIQUE INDEX one ON item (title) WHERE code <> 'none'     | 'Shoe'       | 'Shoe'
                    CREATE UNIQUE INDEX one ON item (title, (code <> 'none'))        | 'Shoe'       | 'Shoe'
                    CREATE UNIQUE INDEX one ON item (title) NULLS NOT DISTINCT       | NULL         | NULL
                    ALTER TABLE item ADD CONSTRAINT one EXCLUDE (title WITH =)       | 'Shoe'       | 'Shoe'
                    """)
    void everyKindOfIndexKeepsRowsApart(String index, String here, String there) {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, title text)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', " + here + ")");
            fixture.target.execute(index + "; INSERT INTO item VALUES ('z', " + there + ")");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"code\"")), "DBOPS-416");
            assertThat(problem.what()).contains("\"one\"");
        }
    }

    @Test
    void aColumnThatIsLeftNullCollidesWhereNullsDo() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, place int)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 1), ('b', 2)");
            fixture.target.execute("CREATE UNIQUE INDEX one ON item (place) NULLS NOT DISTINCT");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], \"mode\": \"append\","
                    + " \"exclude\": [\"place\"]}]}");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-416").what()).contains("another row of this run");
        }
    }

    @Test
    void aCompositeValueOfNullsIsNotNull() {
        try (SyncFixture fixture = fixture("""
                CREATE TYPE spot AS (place int, floor int);
                CREATE TABLE item (code text PRIMARY KEY, spot spot)
                """)) {
            fixture.source.execute("INSERT INTO item VALUES ('a', ROW(NULL, NULL))");
            fixture.target.execute("CREATE UNIQUE INDEX one ON item (spot) NULLS NOT DISTINCT;"
                    + "INSERT INTO item VALUES ('z', NULL)");
            fixture.plan(plan("item", "\"code\""));
            passes(fixture);
            fixture.target.execute("UPDATE item SET code = 'y' WHERE code = 'a'");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-416").examples())
                    .containsExactly("code=a (the target's code=y has it)");
        }
    }

    @Test
    void rangesThatOverlapAreACollision() {
        try (SyncFixture fixture = fixture("""
                CREATE EXTENSION btree_gist;
                CREATE TABLE stay (code text PRIMARY KEY, room int, nights daterange,
                                   CONSTRAINT one_guest EXCLUDE USING gist (room WITH =, nights WITH &&))
                """)) {
            fixture.source.execute("INSERT INTO stay VALUES ('a', 1, '[2026-01-01,2026-01-05)'), ('b', 1, 'empty')");
            fixture.target.execute("INSERT INTO stay VALUES ('z', 1, '[2026-01-04,2026-01-09)'), ('y', 1, 'empty')");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("stay", "\"code\"")), "DBOPS-416");
            assertThat(problem.examples()).containsExactly("code=a (the target's code=z has it)");
        }
    }

    @Test
    void whatAnIndexLeavesOutCollidesWithNothing() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE item (code text PRIMARY KEY, title text, live boolean, extra text UNIQUE);
                CREATE UNIQUE INDEX one_live_title ON item (title) WHERE live;
                """)) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'T', false, NULL), ('b', 'U', true, NULL)");
            fixture.target.execute("INSERT INTO item VALUES ('y', 'T', true, NULL), ('z', 'U', false, NULL)");
            passes(fixture.plan(plan("item", "\"code\"")));
        }
    }

    @Test
    void rowsThatOnlyTheTargetKeepsApartAreFoundAmongThemselves() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, title text)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'Shoe'), ('b', 'shoe'), ('c', 'Hat'), ('d', NULL)");
            fixture.target.execute("CREATE UNIQUE INDEX one_title ON item (lower(title))");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"code\"")), "DBOPS-416");
            assertThat(problem.what()).contains("1 row(s)", "another row of this run", "\"one_title\"");
            assertThat(problem.examples()).hasSize(1);
        }
    }

    @Test
    void anUpdateThatLeavesTheValueAloneDoesNotCollideWithItself() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (code text PRIMARY KEY, barcode text UNIQUE, title text)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', '1', 'new'), ('b', '2', 'new')");
            fixture.target.execute("INSERT INTO item VALUES ('a', '1', 'old'), ('b', '3', 'old')");
            passes(fixture.plan(plan("item", "\"code\"")));
        }
    }

    @Test
    void aPartOfTheKeyThatIsUniqueByItselfCollides() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (shop text, code text UNIQUE, PRIMARY KEY (shop, code))")) {
            fixture.source.execute("INSERT INTO item VALUES ('one', 'a')");
            fixture.target.execute("INSERT INTO item VALUES ('two', 'a')");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"shop\", \"code\"")), "DBOPS-416");
            assertThat(problem.what()).contains("\"item_code_key\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shelf_id", "(shelf_id * 2)", "shelf_id, (shelf_id % 1)"})
    void rowsThatReferToDifferentNewRowsDoNotCollide(String elements) {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE shelf (id serial PRIMARY KEY, code text UNIQUE NOT NULL);
                CREATE TABLE item (code text PRIMARY KEY, shelf_id int REFERENCES shelf);
                """)) {
            fixture.source.execute("""
                    INSERT INTO shelf VALUES (1, 'low'), (2, 'high'), (3, 'there');
                    INSERT INTO item VALUES ('a', 1), ('b', 2), ('c', 3)
                    """);
            fixture.target.execute("CREATE UNIQUE INDEX one_item ON item (" + elements + ") NULLS NOT DISTINCT;"
                    + "INSERT INTO shelf VALUES (1, 'there'); INSERT INTO item VALUES ('z', NULL);"
                    + "SELECT setval('shelf_id_seq', 1)");
            fixture.plan("""
                    {"tables": [
                      {"name": "shelf", "key": ["code"], "mode": "append"},
                      {"name": "item", "key": ["code"], "mode": "append"}]}""");
            passes(fixture);
            fixture.source.execute(
                    "INSERT INTO shelf VALUES (4, 'new');" + "INSERT INTO item VALUES ('d', 4), ('e', 4)");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-416").examples()).containsExactly("code=e");
        }
    }

    @Test
    void anIndexThroughAReferenceIsHeldAgainstTheTargetsIds() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE shelf (id serial PRIMARY KEY, code text UNIQUE NOT NULL);
                CREATE TABLE item (code text PRIMARY KEY, shelf_id int REFERENCES shelf, place int,
                                   CONSTRAINT one_place UNIQUE (shelf_id, place));
                """)) {
            fixture.source.execute("""
                    INSERT INTO shelf VALUES (1, 'low'), (2, 'high'), (3, 'new');
                    INSERT INTO item VALUES ('a', 1, 1), ('b', 2, 1), ('c', 3, 1)
                    """);
            // Under the source's numbers nothing would collide, and under the target's old ones something else would.
            fixture.target.execute("""
                    INSERT INTO shelf VALUES (1, 'high'), (2, 'low');
                    INSERT INTO item VALUES ('z', 2, 1);
                    SELECT setval('shelf_id_seq', 2)
                    """);
            fixture.plan("""
                    {"tables": [
                      {"name": "shelf", "key": ["code"], "mode": "append"},
                      {"name": "item", "key": ["code"], "mode": "append"}]}""");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-416");
            assertThat(problem.examples()).isEqualTo(List.of("code=a (the target's code=z has it)"));
            fixture.target.execute("DELETE FROM item");
            passes(fixture);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL, 'z'", "'z', NULL", "NULL, NULL"})
    void aRowWithoutAKeyMayBeInTheWay(String key) {
        try (SyncFixture fixture = fixture("CREATE TABLE item (shop text, code text, barcode text UNIQUE)")) {
            fixture.source.execute("INSERT INTO item VALUES ('one', 'a', '1'), ('one', 'b', '2')");
            fixture.target.execute("INSERT INTO item VALUES ('one', 'b', '3'), (" + key + ", '1')");
            Problem problem = Refusals.ofBoth(fixture.plan(plan("item", "\"shop\", \"code\"")), "DBOPS-416");
            assertThat(problem.examples())
                    .containsExactly("shop=one, code=a (a row of the target without a key has it)");
        }
    }

    @Test
    void aChangeDoesNotCollideWithItselfWhereItsParentIsThereTwice() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE shelf (id serial PRIMARY KEY, code text NOT NULL);
                CREATE TABLE item (sku text PRIMARY KEY, shelf_id int REFERENCES shelf);
                """)) {
            fixture.source.execute("INSERT INTO shelf VALUES (1, 'a'); INSERT INTO item VALUES ('one', 1)");
            fixture.target.execute(
                    "CREATE UNIQUE INDEX one_item ON item (shelf_id);" + "INSERT INTO shelf VALUES (1, 'a'), (2, 'a')");
            fixture.plan("""
                    {"tables": [
                      {"name": "shelf", "key": ["code"], "mode": "append"},
                      {"name": "item", "key": ["sku"], "mode": "append"}]}""");
            Refusals.ofBoth(fixture, "DBOPS-407");
        }
    }

    @Test
    void whatTheKeyOfANewRowTellsIsHeldAgainstTheTarget() {
        try (SyncFixture fixture = fixture("""
                CREATE EXTENSION citext;
                CREATE TABLE tenant (id serial PRIMARY KEY, name text UNIQUE NOT NULL);
                CREATE TABLE shelf (code citext NOT NULL, floor int NOT NULL, tenant_id int NOT NULL REFERENCES tenant,
                                    PRIMARY KEY (code, floor, tenant_id));
                CREATE TABLE item (sku text PRIMARY KEY, shelf citext, floor int, tenant_id int,
                                   FOREIGN KEY (shelf, floor, tenant_id) REFERENCES shelf);
                CREATE UNIQUE INDEX one_item ON item (shelf);
                CREATE UNIQUE INDEX one_floor ON item (tenant_id, floor);
                """)) {
            fixture.source.execute("""
                    INSERT INTO tenant VALUES (1, 'acme'), (2, 'bolt');
                    INSERT INTO shelf VALUES ('A', 2, 1), ('b', 1, 1), ('c', 1, 2);
                    INSERT INTO item VALUES ('new', 'A', 2, 1), ('second', 'b', 1, 1), ('of a new tenant', 'c', 1, 2)
                    """);
            fixture.target.execute("""
                    INSERT INTO tenant VALUES (2, 'acme');
                    INSERT INTO shelf VALUES ('a', 1, 2);
                    INSERT INTO item VALUES ('old', 'a', 1, 2);
                    SELECT setval('tenant_id_seq', 2)
                    """);
            fixture.plan("""
                    {"tables": [
                      {"name": "tenant", "key": ["name"], "mode": "append"},
                      {"name": "shelf", "key": ["code", "floor", "tenant_id"], "mode": "append"},
                      {"name": "item", "key": ["sku"], "mode": "append"}]}""");
            assertThat(fixture.dryRun().problems())
                    .extracting(Problem::what, Problem::examples)
                    .satisfiesExactlyInAnyOrder(
                            found -> assertThat(found.toList().toString())
                                    .contains("\"one_item\"", "sku=new (the target's sku=old has it)"),
                            found -> assertThat(found.toList().toString())
                                    .contains("\"one_floor\"", "sku=second (the target's sku=old has it)"));
            fixture.target.execute("DELETE FROM item");
            passes(fixture);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INSERT INTO tenant VALUES (9, 'acme')"})
    void changesThatTakeTheSameThroughDifferentNewRowsCollide(String there) {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE tenant (id serial PRIMARY KEY, name text UNIQUE NOT NULL);
                CREATE TABLE shelf (code text NOT NULL, tenant_id int NOT NULL REFERENCES tenant,
                                    PRIMARY KEY (code, tenant_id));
                CREATE TABLE item (sku text PRIMARY KEY, shelf text, tenant_id int,
                                   FOREIGN KEY (shelf, tenant_id) REFERENCES shelf);
                """)) {
            fixture.source.execute("""
                    INSERT INTO tenant VALUES (1, 'acme'), (2, 'bolt');
                    INSERT INTO shelf VALUES ('a', 1), ('b', 1), ('a', 2);
                    INSERT INTO item VALUES ('one', 'a', 1), ('two', 'b', 1), ('three', 'a', 2)
                    """);
            fixture.target.execute("CREATE UNIQUE INDEX one_item ON item (tenant_id);" + there);
            fixture.plan("""
                    {"tables": [
                      {"name": "tenant", "key": ["name"], "mode": "append"},
                      {"name": "shelf", "key": ["code", "tenant_id"], "mode": "append"},
                      {"name": "item", "key": ["sku"], "mode": "append"}]}""");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-416").examples()).containsExactly("sku=two");
            fixture.source.execute("DELETE FROM item WHERE sku = 'two'");
            passes(fixture);
        }
    }
}
