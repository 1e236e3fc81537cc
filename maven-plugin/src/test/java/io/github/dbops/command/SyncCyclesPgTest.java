package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that reference each other, and themselves: what can wait waits, what can be filled later is. */
class SyncCyclesPgTest {

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.newest(), TestServers.oldest(), schema);
    }

    private static SyncOutcome applied(SyncFixture fixture) {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        SyncOutcome applied = fixture.apply();
        assertThat(applied.problems()).isEmpty();
        assertThat(applied.digest()).isEqualTo(dryRun.digest());
        assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        return applied;
    }

    private static final String PLAN = """
            {"tables": [
              {"name": "team", "key": ["name"], "mode": "upsert", "onConflict": "local_wins"},
              {"name": "person", "key": ["email"], "mode": "upsert", "onConflict": "local_wins"}]}""";

    private static final List<List<String>> TEAMS =
            List.of(List.of("blue", "ann@x"), List.of("green", "bob@x"), List.of("red", "cid@x"));

    private static final List<List<String>> PEOPLE =
            List.of(List.of("ann@x", "red"), List.of("bob@x", "green"), List.of("cid@x", "green"));

    private static void twoTeams(SyncFixture fixture) {
        fixture.source.execute("""
                INSERT INTO team (id, name, lead_id) VALUES (1, 'red', 3), (2, 'green', 2), (3, 'blue', 1);
                INSERT INTO person (id, email, team_id) VALUES (1, 'ann@x', 1), (2, 'bob@x', 2), (3, 'cid@x', 2)
                """);
        fixture.target.execute("""
                INSERT INTO team (id, name, lead_id) VALUES (21, 'red', 11);
                INSERT INTO person (id, email, team_id) VALUES (11, 'ann@x', 21);
                """);
    }

    private static void check(SyncFixture fixture) {
        SyncOutcome applied = applied(fixture.plan(PLAN));
        assertThat(counts(applied, "team")).isEqualTo(new Counts(3, 1, 2, 1, 1, 0, 1, 0, 0, 0, 2, 1));
        assertThat(counts(applied, "person")).isEqualTo(new Counts(3, 1, 2, 0, 1, 1, 0, 0, 0, 0, 2, 0));
        assertThat(fixture.target.query("SELECT name, email FROM team t JOIN person p ON p.id = lead_id ORDER BY 1"))
                .isEqualTo(TEAMS);
        assertThat(fixture.target.query("SELECT email, name FROM person JOIN team t ON t.id = team_id ORDER BY 1"))
                .isEqualTo(PEOPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int GENERATED ALWAYS AS IDENTITY (START 100)", "serial", "int DEFAULT 1 + 99 * random()"})
    void aCircleOfGeneratedIdsIsClosedByAConstraintThatCanWait(String id) {
        String schema = """
                CREATE TABLE team (id %1$s PRIMARY KEY, name text UNIQUE NOT NULL, lead_id int NOT NULL);
                CREATE TABLE person (id %1$s PRIMARY KEY, email text UNIQUE NOT NULL,
                                     team_id int NOT NULL REFERENCES team);
                ALTER TABLE team ADD FOREIGN KEY (lead_id) REFERENCES person DEFERRABLE;
                """.formatted(id);
        try (SyncFixture fixture = fixture()) {
            for (var side : List.of(fixture.source, fixture.target)) {
                side.execute(schema);
            }
            fixture.source.execute("ALTER TABLE team ALTER lead_id DROP NOT NULL");
            fixture.target.execute("ALTER TABLE team ALTER CONSTRAINT team_lead_id_fkey DEFERRABLE INITIALLY DEFERRED");
            fixture.source.execute("ALTER TABLE team ALTER CONSTRAINT team_lead_id_fkey DEFERRABLE INITIALLY DEFERRED");
            if (id.startsWith("int GENERATED")) {
                fixture.source.execute(overriding(true));
                fixture.target.execute(overriding(false));
            } else {
                twoTeams(fixture);
            }
            if (id.equals("serial")) {
                fixture.target.execute("SELECT setval('team_id_seq', 50), setval('person_id_seq', 50)");
            }
            fixture.target.execute(
                    "ALTER TABLE team ALTER CONSTRAINT team_lead_id_fkey DEFERRABLE INITIALLY IMMEDIATE");
            check(fixture);
        }
    }

    private static String overriding(boolean source) {
        return source ? """
                  INSERT INTO team (id, name, lead_id) OVERRIDING SYSTEM VALUE VALUES (1, 'red', 3), (2, 'green', 2), (3, 'blue', 1);
                  INSERT INTO person (id, email, team_id) OVERRIDING SYSTEM VALUE
                    VALUES (1, 'ann@x', 1), (2, 'bob@x', 2), (3, 'cid@x', 2)
                  """ : """
                  INSERT INTO team (id, name, lead_id) OVERRIDING SYSTEM VALUE VALUES (21, 'red', 11);
                  INSERT INTO person (id, email, team_id) OVERRIDING SYSTEM VALUE VALUES (11, 'ann@x', 21);
                  """;
    }

    @Test
    void aCircleIsClosedByAColumnThatIsFilledInASecondStep() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE team (id serial PRIMARY KEY, name text UNIQUE NOT NULL, lead_id int);
                CREATE TABLE person (id serial PRIMARY KEY, email text UNIQUE NOT NULL,
                                     team_id int NOT NULL REFERENCES team);
                """)) {
            twoTeams(fixture);
            for (var side : List.of(fixture.source, fixture.target)) {
                side.execute("ALTER TABLE team ADD FOREIGN KEY (lead_id) REFERENCES person");
            }
            fixture.target.execute("SELECT setval('team_id_seq', 50), setval('person_id_seq', 50)");
            check(fixture);
        }
    }

    @Test
    void aProtectedTableMayBeAppendedToThoughAReferenceIsFilledLater() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE "Order" (id serial PRIMARY KEY, number text UNIQUE NOT NULL, last_item int);
                CREATE TABLE item (id serial PRIMARY KEY, code text UNIQUE NOT NULL,
                                   order_id int NOT NULL REFERENCES "Order");
                ALTER TABLE "Order" ADD FOREIGN KEY (last_item) REFERENCES item;
                """)) {
            fixture.source.execute("""
                    INSERT INTO "Order" VALUES (1, 'A', NULL), (2, 'B', NULL);
                    INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2);
                    UPDATE "Order" SET last_item = id
                    """);
            fixture.target.execute("INSERT INTO \"Order\" VALUES (7, 'B', NULL); SELECT setval('\"Order_id_seq\"', 7)");
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [
                      {"name": "Order", "key": ["number"], "mode": "append"},
                      {"name": "item", "key": ["code"], "mode": "append"}]}"""));
            assertThat(counts(applied, "Order").appliedInserts()).isEqualTo(1);
            assertThat(fixture.target.query("""
                    SELECT number, code FROM "Order" o LEFT JOIN item i ON i.id = last_item ORDER BY 1
                    """)).containsExactly(List.of("A", "a"), Arrays.asList("B", null));
        }
    }

    @Test
    void aRowMayBeFilledWithOneThatIsKnownByItsReferenceBack() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE category (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, item_id int);
                CREATE TABLE item (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                   category_id int NOT NULL REFERENCES category DEFERRABLE);
                ALTER TABLE category ADD FOREIGN KEY (item_id) REFERENCES item;
                """)) {
            fixture.source.execute("""
                    INSERT INTO category (id, name) OVERRIDING SYSTEM VALUE VALUES (4, 'a'), (5, 'b'), (6, 'c');
                    INSERT INTO item OVERRIDING SYSTEM VALUE VALUES (2, 4), (3, 5), (4, 6);
                    UPDATE category SET item_id = CASE id WHEN 4 THEN 3 WHEN 5 THEN 4 ELSE 2 END
                    """);
            fixture.target.execute("INSERT INTO category (name) VALUES ('c')");
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["name"], "mode": "upsert", "onConflict": "local_wins"},
                      {"name": "item", "key": ["category_id"], "mode": "append"}]}"""));
            assertThat(fixture.target.query("""
                    SELECT c.name, d.name FROM category c JOIN item i ON i.id = c.item_id
                    JOIN category d ON d.id = i.category_id ORDER BY 1
                    """))
                    .containsExactly(List.of("a", "b"), List.of("b", "c"), List.of("c", "a"));
        }
    }

    @Test
    void aReferenceThatCannotBeNullLetsTheOneThatCanWait() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE item (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text UNIQUE NOT NULL,
                                   tenant text, shelf_id int NOT NULL);
                CREATE TABLE shelf (id serial PRIMARY KEY, tenant text NOT NULL, name text UNIQUE NOT NULL,
                                    first_item uuid REFERENCES item, UNIQUE (tenant, id));
                ALTER TABLE item ADD FOREIGN KEY (tenant, shelf_id) REFERENCES shelf (tenant, id);
                """)) {
            fixture.source.execute("""
                    INSERT INTO shelf VALUES (3, 't', 'top', NULL);
                    INSERT INTO item (code, tenant, shelf_id) VALUES ('a', 't', 3);
                    UPDATE shelf SET first_item = (SELECT id FROM item)
                    """);
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "item", "key": ["code"], "mode": "append"},
                      {"name": "shelf", "key": ["name"], "mode": "append"}]}"""));
            assertThat(fixture.target.query("""
                    SELECT name, code, i.tenant FROM shelf s
                    JOIN item i ON i.id = s.first_item AND i.shelf_id = s.id""")).containsExactly(List.of("top", "a", "t"));
        }
    }

    @Test
    void rowsThatReferToEachOtherByCarriedIdsAreInsertedTogether() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE node (id text PRIMARY KEY, code text UNIQUE NOT NULL, next_id text NOT NULL REFERENCES node);
                """)) {
            fixture.source.execute("INSERT INTO node VALUES ('x1', 'a', 'x2'), ('x2', 'b', 'x1'), ('x3', 'c', 'x1')");
            fixture.target.execute("INSERT INTO node VALUES ('y1', 'c', 'y1')");
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [{"name": "node", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}"""));
            assertThat(counts(applied, "node")).isEqualTo(new Counts(3, 1, 2, 1, 1, 0, 1, 0, 0, 0, 2, 1));
            assertThat(fixture.target.query("""
                    SELECT n.id, n.code, m.code FROM node n JOIN node m ON m.id = n.next_id ORDER BY n.code
                    """))
                    .containsExactly(List.of("x1", "a", "b"), List.of("x2", "b", "a"), List.of("y1", "c", "a"));
        }
    }

    @Test
    void aNaturalSelfReferenceMayLeadToARowThatIsInsertedAfterTheUpdate() {
        try (SyncFixture fixture = fixture("CREATE TABLE a (code text PRIMARY KEY, parent text REFERENCES a)")) {
            fixture.source.execute("INSERT INTO a VALUES ('new', NULL), ('old', 'new'), ('older', 'old')");
            fixture.target.execute("INSERT INTO a VALUES ('old', NULL), ('older', NULL)");
            SyncOutcome applied =
                    applied(fixture.plan("{\"tables\": [{\"name\": \"a\", \"key\": [\"code\"], \"mode\": \"upsert\","
                            + " \"onConflict\": \"local_wins\"}]}"));
            assertThat(counts(applied, "a").appliedUpdates()).isEqualTo(2);
            assertThat(fixture.target.query("SELECT * FROM a ORDER BY 1"))
                    .containsExactly(Arrays.asList("new", null), List.of("old", "new"), List.of("older", "old"));
        }
    }

    @Test
    void aRowWhoseIdIsItsParentsMayReferToItsLike() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE person (id serial PRIMARY KEY, email text UNIQUE NOT NULL);
                CREATE TABLE profile (person_id int PRIMARY KEY REFERENCES person, handle text UNIQUE NOT NULL,
                                      best_friend int NOT NULL REFERENCES profile DEFERRABLE);
                """)) {
            fixture.source.execute("""
                    INSERT INTO person VALUES (1, 'ann@x'), (2, 'bob@x'), (3, 'cid@x');
                    INSERT INTO profile VALUES (1, 'ann', 2), (2, 'bob', 1), (3, 'cid', 3)
                    """);
            fixture.target.execute("INSERT INTO person VALUES (8, 'bob@x'); SELECT setval('person_id_seq', 8)");
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "person", "key": ["email"], "mode": "append"},
                      {"name": "profile", "key": ["handle"], "mode": "append"}]}"""));
            assertThat(fixture.target.query("""
                    SELECT p.handle, e.email, f.handle FROM profile p JOIN person e ON e.id = p.person_id
                    JOIN profile f ON f.person_id = p.best_friend ORDER BY 1
                    """))
                    .containsExactly(
                            List.of("ann", "ann@x", "bob"),
                            List.of("bob", "bob@x", "ann"),
                            List.of("cid", "cid@x", "cid"));
        }
    }

    @Test
    void aReferenceToAColumnThatIsUpdatedLaterGetsItsNewValue() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE item (id text PRIMARY KEY, code text UNIQUE NOT NULL, box_item text NOT NULL);
                CREATE TABLE box (name text PRIMARY KEY, item_id text UNIQUE REFERENCES item DEFERRABLE);
                ALTER TABLE item ADD FOREIGN KEY (box_item) REFERENCES box (item_id) DEFERRABLE INITIALLY DEFERRED;
                """)) {
            fixture.source.execute("INSERT INTO item VALUES ('c1', 'a', 'c1'); INSERT INTO box VALUES ('big', 'c1')");
            fixture.target.execute("INSERT INTO box VALUES ('big', NULL)");
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "item", "key": ["code"], "mode": "append"},
                      {"name": "box", "key": ["name"], "mode": "upsert", "onConflict": "local_wins"}]}"""));
            assertThat(fixture.target.query("SELECT i.*, b.* FROM item i, box b"))
                    .containsExactly(List.of("c1", "a", "c1", "big", "c1"));
        }
    }

    @Test
    void idsThatMustBeDrawnBeforehandNeedTheirSequence() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE node (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text UNIQUE NOT NULL,
                                   next_id int REFERENCES node)
                """)) {
            fixture.source.execute("INSERT INTO node (code, next_id) VALUES ('a', 1)");
            fixture.target.execute(
                    "DROP ROLE IF EXISTS drawer; CREATE ROLE drawer LOGIN;" + "GRANT SELECT, INSERT ON node TO drawer");
            fixture.withoutAudit()
                    .to(fixture.target.server().url(fixture.target.name(), "drawer", null))
                    .plan("{\"tables\": [{\"name\": \"node\", \"key\": [\"code\"], \"mode\": \"append\"}]}");
            assertThat(fixture.dryRun().tables().get(0).notes())
                    .anySatisfy(note -> assertThat(note).contains("GRANT USAGE ON SEQUENCE"));
            Problem problem = Refusals.of(fixture, Execution.APPLY, "DBOPS-204");
            assertThat(problem.next().get(0))
                    .isEqualTo("As the owner: GRANT USAGE ON SEQUENCE \"public\".\"node_id_seq\" TO \"drawer\";");
            fixture.target.execute("GRANT USAGE ON SEQUENCE node_id_seq TO drawer");
            assertThat(fixture.withoutReview().apply().problems()).isEmpty();
            fixture.target.execute("DROP OWNED BY drawer; DROP ROLE drawer");
        }
    }
}
