package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.codes;
import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mode and policy: source rows, target rows, expected rows, expected counts. */
class SyncModesPgTest {

    private static final String SCHEMA = """
            CREATE TABLE "Category" (slug text PRIMARY KEY, title text, rank int);
            """;
    private static final String SOURCE = """
            INSERT INTO "Category" VALUES ('hats', 'Hats', 1), ('shoes', 'Shoes & Boots', 2), ('bags', NULL, 3)
            """;
    private static final String TARGET = """
            INSERT INTO "Category" VALUES ('hats', 'Hats', 1), ('shoes', 'Shoes', 2), ('old', 'Old', 9)
            """;

    static Stream<List<TestServer>> servers() {
        return Stream.of(
                List.of(TestServers.oldest(), TestServers.oldest()),
                List.of(TestServers.newest(), TestServers.newest()),
                List.of(TestServers.oldest(), TestServers.newest()),
                List.of(TestServers.newest(), TestServers.oldest()));
    }

    private static SyncFixture fixture(List<TestServer> servers, String entry) {
        SyncFixture fixture = new SyncFixture(servers.get(0), servers.get(1), SCHEMA);
        fixture.source.execute(SOURCE);
        fixture.target.execute(TARGET);
        return fixture.plan("{\"tables\": [{\"name\": \"Category\", \"key\": [\"slug\"], " + entry + "}]}");
    }

    private static List<List<String>> rows(SyncFixture fixture) {
        return fixture.target.query("SELECT slug, coalesce(title, '-'), rank::text FROM \"Category\" ORDER BY slug");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void appendInsertsMissingRowsOnly(List<TestServer> servers) {
        try (SyncFixture fixture = fixture(servers, "\"mode\": \"append\"")) {
            insertsMissingRowsOnly(fixture);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void upsertWithProdWinsInsertsMissingRowsOnly(List<TestServer> servers) {
        try (SyncFixture fixture = fixture(servers, "\"mode\": \"upsert\", \"onConflict\": \"prod_wins\"")) {
            insertsMissingRowsOnly(fixture);
        }
    }

    private static void insertsMissingRowsOnly(SyncFixture fixture) {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        assertThat(dryRun.result()).isEqualTo(SyncOutcome.Result.CHANGES_FOUND);
        assertThat(counts(dryRun, "Category")).isEqualTo(new Counts(3, 3, 1, 0, 2, 1, 1, 1, 0, 0, 0, 0));

        SyncOutcome applied = fixture.apply();
        assertThat(applied.problems()).isEmpty();
        assertThat(applied.digest()).isEqualTo(dryRun.digest());
        assertThat(counts(applied, "Category")).isEqualTo(new Counts(3, 3, 1, 0, 2, 1, 1, 1, 0, 0, 1, 0));
        assertThat(rows(fixture))
                .containsExactly(
                        List.of("bags", "-", "3"),
                        List.of("hats", "Hats", "1"),
                        List.of("old", "Old", "9"),
                        List.of("shoes", "Shoes", "2"));

        SyncOutcome again = fixture.dryRun();
        assertThat(again.result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        assertThat(counts(again, "Category")).isEqualTo(new Counts(3, 4, 0, 0, 3, 2, 1, 1, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void upsertWithLocalWinsAlsoUpdatesRowsThatDiffer(List<TestServer> servers) {
        try (SyncFixture fixture = fixture(servers, "\"mode\": \"upsert\", \"onConflict\": \"local_wins\"")) {
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(dryRun.problems()).isEmpty();
            assertThat(counts(dryRun, "Category")).isEqualTo(new Counts(3, 3, 1, 1, 2, 1, 1, 1, 0, 0, 0, 0));

            SyncOutcome applied = fixture.apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.result()).isEqualTo(SyncOutcome.Result.APPLIED);
            assertThat(counts(applied, "Category")).isEqualTo(new Counts(3, 3, 1, 1, 2, 1, 1, 1, 0, 0, 1, 1));
            assertThat(rows(fixture))
                    .containsExactly(
                            List.of("bags", "-", "3"),
                            List.of("hats", "Hats", "1"),
                            List.of("old", "Old", "9"),
                            List.of("shoes", "Shoes & Boots", "2"));
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void errorOnConflictRefusesAnyCommonKeyAndWritesNothing(List<TestServer> servers) {
        try (SyncFixture fixture = fixture(servers, "\"mode\": \"upsert\", \"onConflict\": \"error_on_conflict\"")) {
            List<String> before = fixture.snapshot();
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(codes(dryRun)).containsExactly("DBOPS-414");
            assertThat(dryRun.digest()).isEmpty();
            assertThat(counts(dryRun, "Category")).isEqualTo(new Counts(3, 3, 1, 0, 2, 1, 1, 1, 0, 0, 0, 0));
            assertThat(codes(fixture.withoutReview().apply())).containsExactly("DBOPS-414");
            assertThat(fixture.snapshot()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void skipReadsAndWritesNothing(List<TestServer> servers) {
        try (SyncFixture fixture = fixture(servers, "\"mode\": \"skip\"")) {
            List<String> before = fixture.snapshot();
            SyncOutcome applied = fixture.withoutReview().apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
            assertThat(applied.tables()).singleElement().satisfies(t -> {
                assertThat(t.skipped()).isTrue();
                assertThat(t.counts()).isEqualTo(Counts.NONE);
            });
            assertThat(fixture.snapshot()).isEqualTo(before);
        }
    }
}
