package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.report.ConsoleReport;
import io.github.dbops.report.ProblemText;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Every worked example of docs/how-sync-decides.md, run: two databases, a plan, and what the console says of them. */
class HowSyncDecidesExamplesPgTest {

    private static final Path PAGE = Path.of("..", "docs", "how-sync-decides.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^<!-- example -->\n```sql\n(.*?)^```\n```json\n(.*?)^```\n```text\n(.*?)^```$");
    private static final Pattern PART =
            Pattern.compile("(?ms)^-- (both|source|target)\n(.*?)(?=^-- (?:both|source|target)\n|\\z)");

    @PostgresTest
    void theConsoleSaysWhatThePageSays(TestServer server) throws IOException {
        String page = Files.readString(PAGE);
        List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();
        assertThat(examples)
                .hasSize(page.split("<!-- example -->", -1).length - 1)
                .isNotEmpty();
        try (SyncFixture fixture = new SyncFixture(server, server)) {
            for (MatchResult example : examples) {
                List.of(fixture.source, fixture.target).forEach(HowSyncDecidesExamplesPgTest::empty);
                PART.matcher(example.group(1)).results().forEach(part -> fill(fixture, part.group(1), part.group(2)));
                SyncOutcome outcome = fixture.plan(example.group(2)).dryRun();
                String said = outcome.problems().isEmpty()
                        ? String.join("\n", new ConsoleReport(outcome).lines()) + "\n"
                        : ProblemText.of(outcome.problems());
                assertThat(said).as(example.group(1)).contains(example.group(3));
                if (outcome.digest().isPresent()) {
                    assertThat(fixture.apply().problems()).as(example.group(1)).isEmpty();
                    assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
                }
            }
        }
    }

    private static void empty(TestDatabase side) {
        side.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    private static void fill(SyncFixture fixture, String side, String sql) {
        if (!side.equals("target")) {
            fixture.source.execute(sql);
        }
        if (!side.equals("source")) {
            fixture.target.execute(sql);
        }
    }
}
