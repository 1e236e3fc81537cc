package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.report.ConsoleReport;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md shows the sample shop's report as it is. */
class ReadmePgTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DEMO = ROOT.resolve("it").resolve("demo");

    @Test
    void theReportIsThatOfTheSampleShop() throws IOException {
        TestServer server = TestServers.newest();
        try (SyncFixture shop = new SyncFixture(server, server, Files.readString(DEMO.resolve("db/schema.sql")))) {
            shop.source.execute(Files.readString(DEMO.resolve("db/local.sql")));
            shop.target.execute(Files.readString(DEMO.resolve("db/prod.sql")));
            shop.plan(Files.readString(DEMO.resolve("sync-plan.json")));
            // Which databases, which digest of them and which run differs from one machine to the next.
            Predicate<String> same = Pattern.compile("^ {2}(Source|Target|Digest|Run) |^From another machine")
                    .asPredicate()
                    .negate();
            List<String> shown = Files.readString(ROOT.resolve("README.md"))
                    .replaceAll("(?s).*```text\n|```.*", "")
                    .lines()
                    .filter(same)
                    .toList();
            List<String> lines = new ConsoleReport(shop.dryRun())
                    .lines().stream().filter(same).toList();
            assertThat(shown).containsExactlyElementsOf(lines);
        }
    }
}
