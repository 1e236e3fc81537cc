package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that the two sides compare in different ways: they are the same where their bytes are. */
class SyncCollationsPgTest {

    private static final String COLLATION = """
            CREATE EXTENSION citext;
            CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            """;
    private static final String ITEM = "CREATE TABLE item (code text NOT NULL UNIQUE, title text NOT NULL)";

    private static Stream<Arguments> situations() {
        return Stream.of(
                        "item ALTER code TYPE text COLLATE nocase",
                        "item ALTER title TYPE text COLLATE nocase",
                        "item ALTER title TYPE citext")
                .flatMap(change -> Stream.of(TestServers.oldest(), TestServers.newest())
                        .map(server -> Arguments.of("ALTER TABLE " + change, server)));
    }

    private static SyncFixture fixture(String change, TestServer server) {
        SyncFixture fixture = new SyncFixture(server, server, COLLATION, ITEM);
        (change.contains("citext") ? fixture.target : fixture.source).execute(change);
        fixture.source.execute("INSERT INTO item SELECT 'Code ' || i, 'Title' FROM generate_series(1, 3000) AS i");
        fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], \"mode\": \"upsert\","
                + " \"onConflict\": \"local_wins\"}]}");
        return fixture;
    }

    @ParameterizedTest
    @MethodSource("situations")
    void anEmptyTableIsFilledAndTheSameThen(String change, TestServer server) {
        try (SyncFixture fixture = fixture(change, server)) {
            SyncOutcome applied = fixture.withoutReview().apply();

            assertThat(applied.problems()).isEmpty();
            assertThat(applied.result()).isEqualTo(SyncOutcome.Result.APPLIED);
            assertThat(counts(fixture.dryRun(), "item"))
                    .isEqualTo(new Counts(3000, 3000, 0, 0, 3000, 3000, 0, 0, 0, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("situations")
    void anotherCaseIsAnotherValue(String change, TestServer server) {
        try (SyncFixture fixture = fixture(change, server)) {
            fixture.target.execute("INSERT INTO item SELECT 'Code ' || i, 'Title' FROM generate_series(1, 3000) AS i");
            fixture.source.execute("UPDATE item SET title = 'TITLE' WHERE code = 'Code 7'");

            assertThat(counts(fixture.dryRun(), "item"))
                    .isEqualTo(new Counts(3000, 3000, 0, 1, 3000, 2999, 1, 0, 0, 0, 0, 0));
        }
    }

    // The first kind is carried, the second is left out; what both are told by differs in its case alone.
    private static SyncFixture kinds(TestServer server, String change) {
        SyncFixture fixture = new SyncFixture(server, server, COLLATION, """
                CREATE TABLE kind (id integer PRIMARY KEY, code text NOT NULL, draft boolean NOT NULL);
                CREATE TABLE piece (code text PRIMARY KEY, kind_id integer NOT NULL REFERENCES kind);
                """);
        (change.contains("citext") ? fixture.target : fixture.source).execute("ALTER TABLE kind " + change);
        fixture.target.execute("CREATE UNIQUE INDEX ON kind (code)");
        fixture.source.execute("""
                INSERT INTO kind VALUES (1, 'tool', false), (2, 'TOOL', true);
                INSERT INTO piece VALUES ('hammer', 1), ('saw', 2);
                """);
        return fixture.plan("""
                {"tables": [
                  {"name": "kind", "key": ["code"], "mode": "append", "where": "NOT draft"},
                  {"name": "piece", "key": ["code"], "mode": "append"}]}
                """);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aParentThatOnlyTheSourceTakesForAnotherIsNotCarried(TestServer server) {
        try (SyncFixture fixture = kinds(server, "ALTER code TYPE text COLLATE nocase")) {
            assertThat(counts(fixture.dryRun(), "piece")).isEqualTo(new Counts(2, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aParentThatTheTargetTakesForAnotherIsCarriedInItsStead(TestServer server) {
        try (SyncFixture fixture = kinds(server, "ALTER code TYPE citext")) {
            SyncOutcome applied = fixture.withoutReview().apply();

            assertThat(applied.problems()).isEmpty();
            assertThat(fixture.target.query("SELECT code, kind_id FROM piece ORDER BY code"))
                    .containsExactly(List.of("hammer", "1"), List.of("saw", "1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INSERT INTO kind VALUES (7, 'tool', false)"})
    void textsThatAreOneKeyToTheTargetAreRefused(String there) {
        try (SyncFixture fixture = kinds(TestServers.newest(), "ALTER code TYPE citext")) {
            fixture.source.execute("CREATE UNIQUE INDEX ON kind (code)");
            fixture.target.execute(there);
            fixture.plan("{\"tables\": [{\"name\": \"kind\", \"key\": [\"code\"], \"mode\": \"append\"}]}");

            assertThat(Refusals.ofBoth(fixture, "DBOPS-406").examples()).containsExactly("code=tool");
        }
    }

    @Test
    void textsThatAreOneKeyToTheTargetAreNotLookedUp() {
        try (SyncFixture fixture = kinds(TestServers.newest(), "ALTER code TYPE citext")) {
            fixture.source.execute("CREATE UNIQUE INDEX ON kind (code)");
            fixture.target.execute("INSERT INTO kind VALUES (7, 'tool', false)");
            fixture.plan("""
                    {"tables": [
                      {"name": "kind", "key": ["code"], "mode": "skip"},
                      {"name": "piece", "key": ["code"], "mode": "append"}]}
                    """);

            assertThat(Refusals.ofBoth(fixture, "DBOPS-406").what())
                    .isEqualTo("1 key(s) of public.kind are in the source more than once.");
        }
    }

    @Test
    void theReportSaysWhyTextsThatBecomeCitextAreSlow() {
        try (SyncFixture fixture = kinds(TestServers.newest(), "ALTER code TYPE citext")) {
            fixture.source.execute("CREATE UNIQUE INDEX ON kind (code); DELETE FROM piece; DELETE FROM kind");
            String rows = "INSERT INTO kind SELECT i, 'kind ' || i, false FROM generate_series(1, 3000) AS i";
            fixture.source.execute(rows);
            fixture.target.execute(rows);

            SyncOutcome dryRun = fixture.dryRun();
            assertThat(counts(dryRun, "kind")).isEqualTo(new Counts(3000, 3000, 0, 0, 3000, 3000, 0, 0, 0, 0, 0, 0));
            assertThat(dryRun.tables().get(0).notes())
                    .anyMatch(note -> note.startsWith("The key (code) is citext in the target and not in the source,"));
        }
    }

    private static Stream<TestServer> servers() {
        return Stream.of(TestServers.oldest(), TestServers.newest());
    }
}
