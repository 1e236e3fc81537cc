package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that would mean another row in the target, and tables that no order can fill. */
class SyncReferenceRefusalsPgTest {

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.oldest(), TestServers.newest(), schema);
    }

    private static String appending(String... tablesAndKeys) {
        StringBuilder plan = new StringBuilder("{\"tables\": [");
        for (int i = 0; i < tablesAndKeys.length; i += 2) {
            plan.append(i == 0 ? "" : ", ")
                    .append("{\"name\": \"")
                    .append(tablesAndKeys[i])
                    .append("\", \"key\": [")
                    .append(tablesAndKeys[i + 1])
                    .append("], \"mode\": \"append\"}");
        }
        return plan.append("]}").toString();
    }

    @Test
    void aCircleThatNothingBreaksIsSpelledOut() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE a (code text PRIMARY KEY, b text NOT NULL);
                CREATE TABLE b (code text PRIMARY KEY, a text NOT NULL REFERENCES a);
                ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b) REFERENCES b;
                """).plan(appending("a", "\"code\"", "b", "\"code\""))) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-411");
            assertThat(problem.why()).startsWith("public.a (b) -> public.b (a) -> public.a:");
            assertThat(problem.next().get(0)).contains("ALTER CONSTRAINT \"to_b\" DEFERRABLE;");
            fixture.target.execute("ALTER TABLE a ALTER CONSTRAINT to_b DEFERRABLE");
            assertThat(fixture.withoutReview().apply().problems()).isEmpty();
        }
    }

    @Test
    void aGeneratedIdOfATableOutsideThePlanIsRefusedAndPassesAsARawReference() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE shop (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
                CREATE TABLE book (isbn text PRIMARY KEY, shop_id int REFERENCES shop (id));
                INSERT INTO shop (name) VALUES ('one');
                """)) {
            fixture.source.execute("INSERT INTO book VALUES ('1', 1)");
            fixture.plan(appending("book", "\"isbn\""));
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-413");
            assertThat(problem.what()).contains("public.book (shop_id)", "public.shop");
            assertThat(problem.next().get(0)).contains("\"skip\"", "\"shop_id\"", "\"rawReferences\"");
            fixture.plan("{\"tables\": [{\"name\": \"book\", \"key\": [\"isbn\"], \"mode\": \"append\","
                    + " \"rawReferences\": [\"shop_id\"]}]}");
            assertThat(fixture.apply().problems()).isEmpty();
        }
    }

    @Test
    void aRowWhoseUnplannedParentIsMissingIsRefusedByTheDatabaseAndRolledBack() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE author (id text PRIMARY KEY, email text NOT NULL UNIQUE, name text);
                CREATE TABLE book (isbn text PRIMARY KEY, author_id text REFERENCES author (id));
                """)) {
            fixture.source.execute("INSERT INTO author VALUES ('c1', 'a@x', 'A'); INSERT INTO book VALUES ('1', 'c1')");
            fixture.plan(appending("book", "\"isbn\""));
            Problem problem = Refusals.of(fixture, Execution.APPLY, "DBOPS-422");
            assertThat(problem.where()).isEqualTo("table public.book");
            assertThat(problem.why()).contains("SQLSTATE 23503", "book_author_id_fkey", "public.book");
            assertThat(problem.toString()).doesNotContain("c1");
        }
    }

    @Test
    void aKeyThatGoesThroughItselfIsRefused() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE folder (id serial PRIMARY KEY, parent_id int REFERENCES folder, name text,
                                     UNIQUE (parent_id, name))
                """).plan(appending("folder", "\"parent_id\", \"name\""))) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-428");
            assertThat(problem.why()).contains("public.folder -> public.folder");
        }
    }

    @Test
    void aReferenceOfWhichOnlyAPartIsCarriedIsRefused() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE category (shop text, no int, slug text, PRIMARY KEY (shop, no), UNIQUE (shop, slug));
                CREATE TABLE product (sku text PRIMARY KEY, shop text, no int,
                                      FOREIGN KEY (shop, no) REFERENCES category);
                """)) {
            fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["shop", "slug"], "mode": "append"},
                      {"name": "product", "key": ["sku"], "mode": "append", "exclude": ["shop"]}]}""");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-428");
            assertThat(problem.what()).contains("public.product (shop, no)", "public.category");
            assertThat(problem.next().get(0)).contains("\"no\"");
        }
    }

    @Test
    void aRowThatHoldsHalfAReferenceIsRefused() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE category (shop int, no int, slug text UNIQUE, PRIMARY KEY (shop, no));
                CREATE TABLE product (sku text PRIMARY KEY, shop int, no int,
                                      FOREIGN KEY (shop, no) REFERENCES category);
                """)) {
            fixture.source.execute("INSERT INTO product VALUES ('a', 1, NULL), ('b', NULL, NULL)");
            fixture.plan(appending("category", "\"slug\"", "product", "\"sku\""));
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-428");
            assertThat(problem.what()).startsWith("1 row(s) of public.product hold a part");
        }
    }

    @Test
    void aParentWhoseReferencedColumnsAreNotUniqueInTheSourceIsRefused() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE category (id int, slug text UNIQUE)",
                "CREATE TABLE product (sku text PRIMARY KEY, category_id int)")) {
            fixture.target.execute("ALTER TABLE category ADD PRIMARY KEY (id);"
                    + "ALTER TABLE product ADD FOREIGN KEY (category_id) REFERENCES category");
            fixture.plan(appending("category", "\"slug\"", "product", "\"sku\""));
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-428");
            assertThat(problem.why()).contains("public.category (id) is not unique");
        }
    }

    @Test
    void aSkippedTableWhoseKeyIsNotUniqueDoesNotTranslate() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE category (id serial PRIMARY KEY, slug text);
                CREATE TABLE product (sku text PRIMARY KEY, category_id int REFERENCES category);
                """)) {
            fixture.target.execute("INSERT INTO category VALUES (1, 'shoes'), (2, 'shoes'), (3, NULL), (4, NULL)");
            fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slug"], "mode": "skip"},
                      {"name": "product", "key": ["sku"], "mode": "append"}]}""");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-407");
            assertThat(problem.what()).startsWith("1 key(s) of public.category");
            fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slg"], "mode": "skip"},
                      {"name": "product", "key": ["sku"], "mode": "append"}]}""");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-402").next()).isEqualTo(List.of("Did you mean \"slug\"?"));
        }
    }

    @Test
    void aTemporalReferenceToAGeneratedIdIsRefused() {
        if (TestServers.newest().majorVersion() < 18) {
            return;
        }
        try (SyncFixture fixture = new SyncFixture(TestServers.newest(), TestServers.newest(), """
                CREATE EXTENSION btree_gist;
                CREATE TABLE room (id int GENERATED ALWAYS AS IDENTITY, code text UNIQUE, valid daterange NOT NULL,
                                   PRIMARY KEY (id, valid WITHOUT OVERLAPS));
                CREATE TABLE stay (code text PRIMARY KEY, room_id int, nights daterange,
                                   FOREIGN KEY (room_id, PERIOD nights) REFERENCES room (id, PERIOD valid));
                """)
                .plan(appending("room", "\"code\"", "stay", "\"code\""))) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-428");
            assertThat(problem.why()).contains("PERIOD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"mode\": \"skip\"", "\"mode\": \"append\", \"where\": \"NOT draft\""})
    void aParentThatTheTargetsTypeWouldTakeForAnotherIsRefusedWhereARowRefersToIt(String kind) {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE kind (id int PRIMARY KEY, code varchar(4) NOT NULL UNIQUE, draft boolean NOT NULL);
                CREATE TABLE piece (code text PRIMARY KEY, kind_id int REFERENCES kind, draft boolean NOT NULL);
                """).plan("""
                {"tables": [{"name": "kind", "key": ["code"], %s},
                  {"name": "piece", "key": ["code"], "mode": "append", "where": "NOT draft"}]}
                """.formatted(kind))) {
            fixture.source.execute("""
                    ALTER TABLE kind ALTER code TYPE varchar(8);
                    INSERT INTO kind VALUES (1, 'tool', false), (2, 'toolbox', true);
                    INSERT INTO piece VALUES ('hammer', 1, false), ('lid', 2, false);
                    """);
            fixture.target.execute("INSERT INTO kind VALUES (11, 'tool', false)");

            Problem problem = Refusals.ofBoth(fixture, "DBOPS-409");
            assertThat(problem.what()).contains("\"kind_id.code\" of public.piece");
            assertThat(problem.why())
                    .isEqualTo("It is character varying(8) in the source and character varying(4) in the target:"
                            + " 1 value(s) would be cut or rounded, so that a reference might lead to another row.");

            fixture.source.execute("UPDATE piece SET draft = true WHERE code = 'lid'");
            assertThat(fixture.withoutReview().apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT code, kind_id FROM piece"))
                    .containsExactly(List.of("hammer", "11"));
        }
    }
}
