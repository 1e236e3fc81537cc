package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that would mean another row in the target, and tables that no order can fill. */
class SyncReferenceRefusalsPgTest {

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.oldest(), TestServers.newest(), schema);
    }

    private static final String CUIDS = """
            CREATE TABLE author (id text PRIMARY KEY, email text NOT NULL UNIQUE, name text);
            CREATE TABLE book (isbn text PRIMARY KEY, author_id text REFERENCES author (id));
            """;

    private static final String BOTH = """
            {"tables": [
              {"name": "author", "key": ["email"], "mode": "append"},
              {"name": "book", "key": ["isbn"], "mode": "append"}
            ]}""";

    @Test
    void twoTablesThatReferenceEachOtherAreSpelledOut() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE a (code text PRIMARY KEY, b text);
                CREATE TABLE b (code text PRIMARY KEY, a text REFERENCES a);
                ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
                """).plan("""
                {"tables": [{"name": "a", "key": ["code"], "mode": "append"},
                            {"name": "b", "key": ["code"], "mode": "append"}]}""")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-411");
            assertThat(problem.why()).startsWith("public.a (b) -> public.b (a) -> public.a:");
            assertThat(problem.next()).isNotEmpty();
        }
    }

    @Test
    void aTableThatReferencesItselfIsSpelledOut() {
        try (SyncFixture fixture = fixture("CREATE TABLE a (code text PRIMARY KEY, parent text REFERENCES a)")
                .plan("{\"tables\": [{\"name\": \"a\", \"key\": [\"code\"], \"mode\": \"append\"}]}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-411");
            assertThat(problem.why()).startsWith("public.a (parent) -> public.a:");
        }
    }

    @Test
    void aGeneratedIdThatAPlannedTableReferencesIsRefusedAndPassesWhenIdsAreKept() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE author (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
                CREATE TABLE book (isbn text PRIMARY KEY, author_id int REFERENCES author (id));
                """)) {
            fixture.source.execute("INSERT INTO author VALUES (7, 'a@x'); INSERT INTO book VALUES ('1', 7)");
            fixture.plan(BOTH);
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-413");
            assertThat(problem.what()).contains("public.book (author_id)", "public.author.id");
            fixture.plan(BOTH.replace("[\"email\"]", "[\"email\"], \"ids\": \"keep\""));
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT id FROM author JOIN book ON author_id = id"))
                    .isEqualTo(List.of(List.of("7")));
            assertThat(fixture.target.query("SELECT nextval('author_id_seq')")).isEqualTo(List.of(List.of("8")));
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
            fixture.plan("{\"tables\": [{\"name\": \"book\", \"key\": [\"isbn\"], \"mode\": \"append\"}]}");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-413");
            assertThat(problem.what()).contains("public.book (shop_id)", "public.shop");
            assertThat(problem.next().get(0)).contains("\"shop_id\"", "\"rawReferences\"");
            fixture.plan("{\"tables\": [{\"name\": \"book\", \"key\": [\"isbn\"], \"mode\": \"append\","
                    + " \"rawReferences\": [\"shop_id\"]}]}");
            assertThat(fixture.apply().problems()).isEmpty();
        }
    }

    @Test
    void aParentThatIsTheSameRowUnderAnotherIdIsRefused() {
        try (SyncFixture fixture = fixture(CUIDS)) {
            fixture.source.execute("INSERT INTO author VALUES ('c1', 'a@x', 'A'); INSERT INTO book VALUES ('1', 'c1')");
            fixture.target.execute("INSERT INTO author VALUES ('p9', 'a@x', 'A')");
            Problem problem = Refusals.ofBoth(fixture.plan(BOTH), "DBOPS-424");
            assertThat(problem.what()).contains("public.author");
            assertThat(problem.examples()).containsExactly("email=a@x");
        }
    }

    @Test
    void aRowWhoseUnplannedParentIsMissingIsRefusedByTheDatabaseAndRolledBack() {
        try (SyncFixture fixture = fixture(CUIDS)) {
            fixture.source.execute("INSERT INTO author VALUES ('c1', 'a@x', 'A'); INSERT INTO book VALUES ('1', 'c1')");
            fixture.plan("{\"tables\": [{\"name\": \"book\", \"key\": [\"isbn\"], \"mode\": \"append\"}]}");
            Problem problem = Refusals.of(fixture, Execution.APPLY, "DBOPS-422");
            assertThat(problem.where()).isEqualTo("table public.book");
            assertThat(problem.why()).contains("SQLSTATE 23503", "book_author_id_fkey", "public.book");
            assertThat(problem.toString()).doesNotContain("c1");
        }
    }
}
