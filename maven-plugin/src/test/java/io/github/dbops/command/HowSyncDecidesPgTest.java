package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of modes and policies in docs/how-sync-decides.md, run. */
class HowSyncDecidesPgTest {

    private static final Path PAGE = Path.of("..", "docs", "how-sync-decides.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| `(\\w+)` \\| ([\\d| ]+) \\| ([a-z][^|]*) \\|$");

    @PostgresTest
    void everyRowOfTheTableIsWhatHappens(TestServer server) throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(PAGE)).results().toList();
        assertThat(rows).hasSize(5);
        for (MatchResult row : rows) {
            try (SyncFixture fixture = fixture(server, row.group(1), row.group(2))) {
                SyncOutcome dryRun = fixture.dryRun();
                assertThat(counts(dryRun)).as(row.group()).isEqualTo(row.group(3));
                String afterwards = dryRun.problems().isEmpty()
                        ? production(fixture)
                        : "refused: " + String.join(", ", SyncFixture.codes(dryRun));
                assertThat(afterwards).as(row.group()).isEqualTo(row.group(4));
            }
        }
    }

    private static SyncFixture fixture(TestServer server, String mode, String policy) {
        SyncFixture fixture =
                new SyncFixture(server, server, "CREATE TABLE \"Category\" (slug text PRIMARY KEY, title text)");
        fixture.source.execute(
                "INSERT INTO \"Category\" VALUES ('bags', 'Bags'), ('hats', 'Hats'), ('shoes', 'Shoes & Boots')");
        fixture.target.execute(
                "INSERT INTO \"Category\" VALUES ('hats', 'Hats'), ('shoes', 'Shoes'), ('vintage', 'Vintage')");
        return fixture.plan("""
                {"tables": [{"name": "Category", "key": ["slug"], "mode": "%s", "onConflict": "%s"}]}
                """.formatted(mode, policy));
    }

    private static String counts(SyncOutcome outcome) {
        return outcome.tables().stream()
                .map(TableOutcome::counts)
                .map(c -> List.of(
                        c.sourceRows(),
                        c.targetRows(),
                        c.toInsert(),
                        c.toUpdate(),
                        c.conflicts(),
                        c.identical(),
                        c.different(),
                        c.onlyInTarget()))
                .map(counts -> counts.stream().map(String::valueOf).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining());
    }

    private static String production(SyncFixture fixture) {
        assertThat(fixture.apply().problems()).isEmpty();
        return fixture.target.query("SELECT slug || '=' || title FROM \"Category\" ORDER BY slug").stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining(", "));
    }
}
