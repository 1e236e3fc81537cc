package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that do not fit the databases: refused with the place, the reason and the way out, and nothing written. */
class SyncRefusalsPgTest {

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.oldest(), TestServers.newest(), schema);
    }

    private static SyncFixture items(String entry) {
        return fixture("CREATE TABLE item (code text PRIMARY KEY, title text)")
                .plan("{\"tables\": [{\"name\": \"item\", \"mode\": \"append\", " + entry + "}]}");
    }

    @Test
    void aMissingPlanNamesThePlacesWhereItWasLookedFor() {
        try (SyncFixture fixture = fixture()) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-107");
            assertThat(problem.why()).contains("sync-plan.json", "scripts/db/sync-plan.json");
            assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was changed.");
        }
    }

    @Test
    void aPlanThatIsNoJsonNamesLineAndColumn() {
        try (SyncFixture fixture = fixture().plan("{\n  \"tables\": [ { \"name\": \"item\" \"key\": [] } ]\n}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-108");
            assertThat(problem.where()).contains("sync-plan.json:2:32");
        }
    }

    @Test
    void aMissingEnvFileAndAMalformedOneAreToldTogetherAndWithoutValues() {
        try (SyncFixture fixture = items("\"key\": [\"code\"]")
                .withoutUrls()
                .file(".env.production", "PORT=1\nDATABASE_URL=\"postgresql://u:hunter2@h/db\n")) {
            SyncOutcome outcome = fixture.dryRun();
            assertThat(SyncFixture.codes(outcome)).containsExactlyInAnyOrder("DBOPS-105", "DBOPS-104");
            assertThat(outcome.problems().toString())
                    .contains(".env.production:2", ".env")
                    .doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource({"source, target", "target, source"})
    void aTableThatOneSideLacksIsNamedWithTheNearestOne(String lacking, String having) {
        try (SyncFixture fixture = fixture("CREATE TABLE \"Category\" (slug text PRIMARY KEY)")) {
            (having.equals("source") ? fixture.source : fixture.target)
                    .execute("CREATE TABLE \"Categori\" (slug text PRIMARY KEY)");
            fixture.plan("{\"tables\": [{\"name\": \"Categori\", \"mode\": \"append\", \"key\": [\"slug\"]}]}");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-401");
            assertThat(problem.what()).isEqualTo("The " + lacking + " has no table \"Categori\".");
            assertThat(problem.where()).isEqualTo("sync-plan.json:1:13");
            assertThat(problem.next().get(0)).contains("\"Category\"");
        }
    }

    @Test
    void aTableNameInTheWrongCaseGetsTheRightOne() {
        try (SyncFixture fixture = fixture("CREATE TABLE \"Category\" (slug text PRIMARY KEY)")
                .plan("{\"tables\": [{\"name\": \"category\", \"mode\": \"append\", \"key\": [\"slug\"]}]}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-401", "DBOPS-401");
            assertThat(problem.next().get(0)).contains("\"Category\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key           | \"key\": [\"cod\"]                                      | code",
                "columns       | \"key\": [\"code\"], \"columns\": [\"titel\"]           | title",
                "ignore        | \"key\": [\"code\"], \"ignore\": [\"titel\"]            | title",
                "exclude       | \"key\": [\"code\"], \"exclude\": [\"titel\"]           | title",
                "sensitive     | \"key\": [\"code\"], \"sensitive\": [\"titel\"]         | title",
                "rawReferences | \"key\": [\"code\"], \"rawReferences\": [\"titel\"]     | title",
            })
    void anUnknownColumnIsNamedWithItsListAndTheNearestOne(String list, String entry, String near) {
        try (SyncFixture fixture = items(entry)) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-402");
            assertThat(problem.why()).isEqualTo("The plan's \"" + list + "\" names it.");
            assertThat(problem.where()).isEqualTo("sync-plan.json:1:13, table public.item");
            assertThat(problem.next()).containsExactly("Did you mean \"" + near + "\"?");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view              | CREATE VIEW thing AS SELECT * FROM item",
                "materialized view | CREATE MATERIALIZED VIEW thing AS SELECT * FROM item",
                "partition         | CREATE TABLE whole (code text PRIMARY KEY) PARTITION BY LIST (code); "
                        + "CREATE TABLE thing PARTITION OF whole DEFAULT",
            })
    void onlyTablesCanBePlanned(String kind, String ddl) {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY)", ddl)
                .plan("{\"tables\": [{\"name\": \"thing\", \"mode\": \"append\", \"key\": [\"code\"]}]}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-403", "DBOPS-403");
            assertThat(problem.what()).isEqualTo("The source's public.thing cannot be synced.");
            assertThat(problem.why()).contains(kind);
        }
    }

    @Test
    void aForeignTableIsNotWritten() {
        try (SyncFixture fixture = fixture("CREATE EXTENSION postgres_fdw;"
                        + "CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;"
                        + "CREATE FOREIGN TABLE thing (code text) SERVER far")
                .plan("{\"tables\": [{\"name\": \"thing\", \"mode\": \"append\", \"key\": [\"code\"]}]}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-403");
            assertThat(problem.what()).isEqualTo("The target's public.thing cannot be synced.");
            assertThat(problem.why()).contains("foreign table");
        }
    }

    @Test
    void aTableWithRulesIsRefusedAndTakenWhenTheyAreGone() {
        try (SyncFixture fixture = items("\"key\": [\"code\"]")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'A')");
            fixture.target.execute("CREATE RULE away AS ON INSERT TO item DO INSTEAD NOTHING");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-403");
            assertThat(problem.why()).contains("rules");
            fixture.target.execute("DROP RULE away ON item");
            assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        }
    }

    @Test
    void oneTableUnderTwoNamesIsListedTwice() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (code text PRIMARY KEY)").plan("""
                {"tables": [
                  {"name": "item", "mode": "append", "key": ["code"]},
                  {"name": "public.item", "mode": "append", "key": ["code"]}
                ]}""")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-109");
            assertThat(problem.where()).isEqualTo("sync-plan.json:3:3");
            assertThat(problem.why()).contains("\"item\" (sync-plan.json:2:3)", "\"public.item\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_prisma_migrations           | CREATE TABLE _prisma_migrations (id text PRIMARY KEY)",
                "public.flyway_schema_history | CREATE TABLE flyway_schema_history (id text PRIMARY KEY)",
            })
    void aMigrationHistoryIsNeverPlanned(String name, String ddl) {
        try (SyncFixture fixture = fixture(ddl)
                .plan("{\"tables\": [{\"name\": \"" + name + "\", \"mode\": \"append\", \"key\": [\"id\"]}]}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-109");
            assertThat(problem.what()).isEqualTo("Table \"" + name + "\" can never be planned.");
        }
    }

    @Test
    void aConditionThatTheServerRefusesIsQuotedWithItsOwnWords() {
        try (SyncFixture fixture = items("\"key\": [\"code\"], \"where\": \"isDraft = false\"")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-423");
            assertThat(problem.why()).isEqualTo("column \"isdraft\" does not exist (SQLSTATE 42703)");
            assertThat(problem.where()).isEqualTo("sync-plan.json:1:13, table public.item");
        }
    }

    @Test
    void aConditionThatFailsOnARowIsTheConditionsFault() {
        try (SyncFixture fixture = items("\"key\": [\"code\"], \"where\": \"title::int = 1\"")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'not a number')");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-423");
            assertThat(problem.why()).isEqualTo("invalid input syntax for type integer: \"****\" (SQLSTATE 22P02)");
        }
    }

    @Test
    void aConditionThatClosesTheParenthesisAroundItIsRefusedUnread() {
        try (SyncFixture fixture = items("\"key\": [\"code\"], \"where\": \"false) OR (true\"")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-423");
            assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was changed.");
        }
    }

    @Test
    void aConditionMayHoldQuestionMarksAndComments() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (code text PRIMARY KEY, tags jsonb)").plan("""
                {"tables": [{"name": "item", "mode": "append", "key": ["code"],
                  "where": "tags ? 'go' /* what? */ AND code <> '{?}' -- really?"}]}""")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', '{\"go\": 1}'), ('b', '{}'), ('{?}', '{\"go\": 1}')");
            assertThat(fixture.dryRun().problems()).isEmpty();
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT code FROM item")).isEqualTo(List.of(List.of("a")));
        }
    }

    @Test
    void theConditionCannotWrite() {
        try (SyncFixture fixture = items("\"key\": [\"code\"], \"where\": \"spoil()\"")) {
            fixture.source.execute("""
                    CREATE FUNCTION spoil() RETURNS boolean LANGUAGE plpgsql AS
                    $$ BEGIN DELETE FROM item; RETURN true; END $$;
                    INSERT INTO item VALUES ('a', 'A');
                    """);
            Refusals.ofBoth(fixture, "DBOPS-423");
            assertThat(fixture.source.query("SELECT code FROM item")).isEqualTo(List.of(List.of("a")));
        }
    }
}
