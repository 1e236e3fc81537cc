package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases of other encodings than UTF-8. */
class SyncEncodingsPgTest {

    private static final String TABLE = "CREATE TABLE item (code text PRIMARY KEY, v text, w varchar(9)[])";
    private static final String PLAN = """
            {"tables": [{"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""";

    private final TestServer server = TestServers.newest();

    private SyncFixture fixture(String source, String target) {
        SyncFixture fixture = new SyncFixture(server.createDatabaseIn(source), server.createDatabaseIn(target));
        fixture.source.execute(TABLE);
        fixture.target.execute(TABLE);
        return fixture.plan(PLAN);
    }

    @ParameterizedTest
    @CsvSource({
        "LATIN1, UTF8, Größe é ÿ",
        "UTF8, LATIN1, Größe é ÿ",
        "WIN1252, UTF8, 5 €",
        "UTF8, WIN1252, 5 €",
        "WIN1252, LATIN9, 5 €",
        "EUC_JP, UTF8, 日本",
        "UTF8, EUC_JP, 日本",
        "SQL_ASCII, UTF8, plain",
        "UTF8, SQL_ASCII, plain",
    })
    void textsArriveWhateverTheEncodingsAre(String source, String target, String text) {
        try (SyncFixture fixture = fixture(source, target)) {
            fixture.source.execute(
                    "INSERT INTO item VALUES ('1', '%1$s', ARRAY['%1$s', NULL]), ('%1$s', 'x', NULL)".formatted(text));
            fixture.target.execute("INSERT INTO item VALUES ('1', 'old', NULL), ('%s', 'x', NULL)".formatted(text));

            assertThat(fixture.dryRun().totals().toUpdate()).isEqualTo(1);
            assertThat(fixture.apply().problems()).isEmpty();

            assertThat(fixture.dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
            assertThat(fixture.target.query("SELECT * FROM item WHERE code = '1'"))
                    .containsExactly(
                            List.of("1", text, "{" + (text.contains(" ") ? '"' + text + '"' : text) + ",NULL}"));
        }
    }

    @Test
    void characterThatTheTargetLacksIsNamedWithItsTable() {
        try (SyncFixture fixture = fixture("UTF8", "LATIN1")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', '5 €', NULL)");

            List<Problem> problems = fixture.withoutReview().apply().problems();

            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.code().toString()).contains("VALUE_NOT_EXACT");
                assertThat(problem.what()).endsWith("lacks a character that the source has.");
                assertThat(problem.where()).isEqualTo("table public.item");
                assertThat(problem.why()).contains("has no equivalent in encoding \"LATIN1\"");
            });
            assertThat(fixture.target.query("SELECT FROM item")).isEmpty();
        }
    }
}
