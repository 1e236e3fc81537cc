package io.github.dbops.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reports as dbops writes them, as comments. */
class CommentTextTest {

    private static final String RUN = "<sub>Run `[0-9a-f-]{36}`, [0-9TZ:.-]+</sub>";
    private static final String OTHER_RUN =
            "<sub>Run `00000000-0000-4000-8000-000000000000`, 2027-01-01T00:00:00.5Z</sub>";

    private final ActionsEnvironment environment =
            new ActionsEnvironment(Map.of("GITHUB_REPOSITORY", "acme/shop", "GITHUB_RUN_ID", "42"));

    static Stream<PublishedReport> reports() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
            return files
                    .filter(file -> file.toString().endsWith("-report.md"))
                    .sorted()
                    .map(file -> new PublishedReport("sync", file.resolveSibling("none.json"), file))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyReportFitsAComment(PublishedReport report) {
        String body = CommentText.of(report, Optional.empty(), environment).body(new CommentIdentity("sync", "key=a"));

        assertThat(body).contains(report.text()).hasSizeLessThanOrEqualTo(CommentText.MOST_CHARACTERS);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyReportSaysTheSameInAnotherRun(PublishedReport report) {
        String text = report.text();
        String later = text.replaceFirst(RUN, OTHER_RUN);

        assertThat(later).isNotEqualTo(text);
        assertThat(CommentText.saysTheSame(text.replace("\n", "\r\n"), later)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void wordsHiddenInTheLineOfTheRunAreADifference(PublishedReport report) {
        String text = report.text();

        assertThat(CommentText.saysTheSame(
                        text, text.replaceFirst(RUN, "<sub>Run `[0](https://evil.example)`, 1</sub>")))
                .isFalse();
    }
}
