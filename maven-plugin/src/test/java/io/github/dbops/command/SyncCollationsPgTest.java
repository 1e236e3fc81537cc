package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
}
