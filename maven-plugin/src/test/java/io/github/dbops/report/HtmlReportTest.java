package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HtmlReportTest {

    @ParameterizedTest
    @CsvSource({"VALUES, true, true", "KEYS, true, false", "NONE, false, false", ", true, false"})
    void showsOfRowsWhatThePlanAllowsAndKeysByDefault(SampleDetail samples, boolean keys, boolean values) {
        String shop = new HtmlReport(PageOutcomes.shop(Optional.ofNullable(samples))).text();
        assertThat(shop.contains("WELCOME10")).isEqualTo(keys);
        assertThat(shop.contains("trainers")).isEqualTo(values);
        String refused = new HtmlReport(PageOutcomes.refused(Optional.ofNullable(samples))).text();
        assertThat(refused.contains("sku=A-100")).as("examples of a problem").isEqualTo(keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VALUES | 4 of 45 rows are listed: 0 of 30 to insert, 0 of 7 that differ and stay as they are, 3 of 7 blocked, \
                     1 with a key that is not theirs alone.
            KEYS   | 4 of 45 rows are listed: 0 of 30 to insert, 0 of 7 that differ and stay as they are, 3 of 7 blocked, \
                     1 with a key that is not theirs alone. Only their keys: report.samples in the plan can be values, \
                     for before and after.
            NONE   | 45 rows: 30 to insert, 7 that differ and stay as they are, 7 blocked, 1 with a key that is not theirs \
                     alone. The plan's report.samples is none, so that no row is listed.
            """)
    void saysHowManyRowsThereAreAndHowManyItLists(SampleDetail samples, String words) {
        assertThat(extent(PageOutcomes.refused(Optional.of(samples)))).isEqualTo(words.replaceAll(" +", " "));
    }

    @Test
    void saysThatAllAreListedOrThatThereIsNothingToList() {
        assertThat(extent(PageOutcomes.shop(Optional.of(SampleDetail.VALUES))))
                .isEqualTo(
                        "12 rows, all of them listed: 5 to insert, 5 to update, 2 that differ and stay as they are.");
        assertThat(extent(Outcomes.applied())).contains("2 of 41 inserted", "2 updated");
        assertThat(extent(Outcomes.nothingToDo())).isEqualTo("No row differs.");
        assertThat(extent(failedEarly())).isEqualTo("No table was compared.");
    }

    @Test
    void countsEachKindOfRowOnce() {
        RowTally rows = RowTally.of(PageOutcomes.refused(Optional.empty()).tables());
        Map<String, Long> found =
                Stream.of(Sample.Kind.values()).collect(Collectors.toMap(Sample.Kind::word, rows::found));
        assertThat(found)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("insert", 30L, "update", 0L, "conflict", 7L, "blocked", 7L, "duplicate", 1L));
    }

    @Test
    void allowsItsOwnStyleAndScriptAndNothingElse() throws GeneralSecurityException {
        Document page = page(Outcomes.nothingToDo());
        String policy = page.select("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .contains("style-src 'sha256-" + hash(page.expectFirst("style").data()) + "'; ")
                .contains("script-src 'sha256-"
                        + hash(page.expectFirst("script[type=module]").data()) + "'; ")
                .doesNotContain("unsafe", "*", "data:", "http:", "https:");
        assertThat(page.head().children().stream().limit(2))
                .as("the policy stands before everything that it is for")
                .extracting(element -> element.normalName())
                .containsExactly("meta", "meta");
    }

    @Test
    void namesNothingOutsideOfItself() {
        String page = new HtmlReport(PageOutcomes.shop(Optional.of(SampleDetail.VALUES))).text();
        assertThat(page).doesNotContain("http://", "https://", "url(", "@import", "innerHTML", "outerHTML");
        assertThat(page(PageOutcomes.refused(Optional.empty())).select("[src], [style], link, [onclick]"))
                .isEmpty();
        assertThat(Pattern.compile("\\{\\{\\w+}}").matcher(page).results()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void tellsEveryProblemWithWhatToDoNext(Code code) {
        Problem problem = new Problem(
                code, "What.", "Where.", "Why,\nreally.", "State.", List.of("First.", "Look again: mvn dbops:sync"));
        Document page = page(Outcomes.refused(List.of(problem)));
        assertThat(page.select(".problems article").text())
                .startsWith(code.id() + " What.")
                .contains("Where.", "Why, really.", "State.", "First.", "Look again: mvn dbops:sync");
        assertThat(page.select(".problems code.copy").eachText()).containsExactly("mvn dbops:sync");
    }

    @ParameterizedTest
    @EnumSource(SyncOutcome.Result.class)
    void saysAtItsTopHowTheRunEnded(SyncOutcome.Result result) {
        SyncOutcome shop = PageOutcomes.shop(Optional.empty());
        SyncOutcome outcome = Outcomes.outcome(
                shop.execution(),
                result,
                shop.digest(),
                shop.samples(),
                shop.tables(),
                List.of(),
                List.of(),
                List.of());
        Document page = page(outcome);
        assertThat(page.select("h1").text()).isEqualTo(new Verdict(outcome).sentence());
        assertThat(page.select(".badge").eachText()).containsExactly("dry-run", result.word());
    }

    private static String extent(SyncOutcome outcome) {
        return page(outcome).select("#changes > p").text();
    }

    private static SyncOutcome failedEarly() {
        return Outcomes.failedEarly(Problem.of(Code.PLAN_MISSING, "What.", "Why.", "Next."));
    }

    private static Document page(SyncOutcome outcome) {
        return Jsoup.parse(new HtmlReport(outcome).text());
    }

    private static String hash(String text) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
    }
}
