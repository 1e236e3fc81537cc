package io.github.dbops.report;

import static java.util.stream.Collectors.joining;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.NodeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The page as its reader uses it: tests under {@code src/test/page}, which open it in headless Chromium. With
 * {@code -Ddbops.golden=rewrite} they also take the pictures in docs/reports.md.
 */
class HtmlReportChromiumTest {

    private static final Path PAGES = Path.of("target/report-pages");

    @TestFactory
    Stream<DynamicTest> pageInABrowser() throws IOException, InterruptedException {
        Files.createDirectories(PAGES);
        for (Map.Entry<String, SyncOutcome> page : pages().entrySet()) {
            Files.writeString(PAGES.resolve(page.getKey() + ".html"), new HtmlReport(page.getValue()).text());
        }
        Files.writeString(PAGES.resolve("hidden.txt"), hidden());
        NodeTests tests = new NodeTests(Path.of("src/test/page"), Path.of("target/page-test"));
        Stream<DynamicTest> results = tests.run();
        if (Golden.isRewritten()) {
            tests.program("pictures.mjs");
        }
        return results;
    }

    private static Map<String, SyncOutcome> pages() {
        return Map.of(
                "shop", PageOutcomes.shop(Optional.of(SampleDetail.VALUES)),
                "keys", PageOutcomes.shop(Optional.empty()),
                "none", PageOutcomes.shop(Optional.of(SampleDetail.NONE)),
                "refused", PageOutcomes.refused(Optional.of(SampleDetail.VALUES)),
                "many", PageOutcomes.many(),
                "hostile", PageOutcomes.hostile(),
                "applied", Outcomes.applied(),
                "nothing", Outcomes.nothingToDo(),
                "early",
                        Outcomes.failedEarly(Problem.of(
                                Code.PLAN_MISSING,
                                "There is no sync plan.",
                                "Neither sync-plan.json nor scripts/db/sync-plan.json exists.",
                                "Write one (docs/sync-plan.md), or name it: -Dplan=FILE")));
    }

    // What Java's reports escape, a line each, for the script to be held against.
    private static String hidden() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Visible::isHidden)
                .mapToObj(c -> Integer.toHexString(c) + " " + Visible.of(Character.toString(c)) + "\n")
                .collect(joining());
    }
}
