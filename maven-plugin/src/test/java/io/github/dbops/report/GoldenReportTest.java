package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldenReportTest {

    @Test
    void tellsOfADryRunWithChanges() throws IOException {
        assertGolden("dry-run-changes", Outcomes.dryRunWithChanges(Optional.empty()));
    }

    @Test
    void showsValuesWhereThePlanSaysSo() throws IOException {
        assertGolden("dry-run-values", Outcomes.dryRunWithChanges(Optional.of(SampleDetail.VALUES)));
    }

    @Test
    void tellsThatThereIsNothingToDo() throws IOException {
        assertGolden("nothing-to-do", Outcomes.nothingToDo());
    }

    @Test
    void tellsOfAnApply() throws IOException {
        assertGolden("applied", Outcomes.applied());
    }

    @Test
    void tellsOfARefusalWithSeveralProblems() throws IOException {
        String state = "The transaction was rolled back; nothing was changed.";
        SyncOutcome outcome = Outcomes.refused(List.of(
                new Problem(
                        Code.ROWS_BLOCKED,
                        "7 rows of public.ProductTranslation have no parent row.",
                        "public.ProductTranslation (sku=A-100, locale=de)",
                        "Their products are neither in the target nor among this run's inserts.",
                        state,
                        List.of(
                                "Add \"Product\" to the plan (sync-plan.json:4:13), or leave the rows out by \"where\".",
                                "Look again: mvn dbops:sync")),
                new Problem(
                        Code.KEY_DUPLICATE_IN_SOURCE,
                        "2 keys of public.ProductTranslation stand in several source rows.",
                        "public.ProductTranslation (sku=A-7, locale=fr)",
                        "A key must name one row.\nERROR: could not create unique index\nKey is duplicated.",
                        state,
                        List.of("Make the source's rows unique, or name a longer key in sync-plan.json."))));
        assertGolden("refused", outcome);
        Golden.assertSame("refused/problem.txt", ProblemText.of(outcome.problems()));
    }

    @Test
    void tellsOfAFailureBeforeThePlanWasRead() throws IOException {
        SyncOutcome outcome = Outcomes.failedEarly(Problem.of(
                        Code.PLAN_MISSING,
                        "There is no sync plan.",
                        "Neither sync-plan.json nor scripts/db/sync-plan.json exists.",
                        "Write one (docs/sync-plan.md), or name it: -Dplan=FILE")
                .withState("Nothing was connected to; nothing was changed."));
        assertGolden("failed-early", outcome);
        Golden.assertSame("failed-early/problem.txt", ProblemText.of(outcome.problems()));
    }

    @Test
    void keepsHostileDataData() throws IOException {
        String evil = "</summary><img src=x>|`@octocat` #1 [a](https://evil.example)\u202e\n## x :tada: \u001b[31m\\|";
        TableOutcome table = Outcomes.table(
                "public." + evil,
                Mode.UPSERT,
                OnConflict.LOCAL_WINS,
                "*",
                Outcomes.CATEGORIES,
                List.of(Outcomes.sample(Sample.Kind.UPDATE, evil, evil, new Sample.Change("x" + evil, evil, null))),
                List.of(evil));
        SyncOutcome outcome = Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.VALUES),
                List.of(table),
                List.of(evil, "- a", "1. one", "/merge", "--- see www.example.com or GH-12 or mail@example.com"),
                List.of(),
                List.of(Problem.of(Code.DATABASE_ERROR, evil, evil, evil).at(evil)));
        assertGolden("hostile", outcome);
        Golden.assertSame("hostile/problem.txt", ProblemText.of(outcome.problems()));
    }

    @Test
    void shortensWhatIsTooLongForAComment() throws IOException {
        SyncOutcome outcome = oversized();
        Golden.assertSame("oversized/console.txt", console(outcome));
        String markdown = new MarkdownReport(outcome).text();
        Golden.assertSame("oversized/sync-report.md", markdown);
        assertThat(markdown).hasSizeLessThanOrEqualTo(MarkdownReport.MOST_CHARACTERS);
        ReportSchema.SYNC.assertValid(new JsonReport(outcome).text());
    }

    private static SyncOutcome oversized() {
        Sample wide = Outcomes.sample(
                Sample.Kind.UPDATE,
                "slug",
                "shoes",
                new Sample.Change("body", "lorem ipsum ".repeat(200), "dolor sit amet ".repeat(200)));
        List<TableOutcome> tables = IntStream.range(0, 40)
                .mapToObj(i -> Outcomes.table(
                        "catalog.translation_" + i,
                        Mode.UPSERT,
                        i % 2 == 0 ? OnConflict.LOCAL_WINS : OnConflict.ERROR_ON_CONFLICT,
                        null,
                        new Counts(12_345_678, 23_456_789, 5, 5, 12_345_673, 12_345_668, 5, 11_111_116, 0, 0, 0, 0),
                        List.of(wide, wide, wide, wide, wide),
                        List.of("Its key has no unique index: it is locked SHARE ROW EXCLUSIVE during an apply.")))
                .toList();
        return Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.VALUES),
                tables,
                List.of(),
                List.of(),
                List.of());
    }

    private static void assertGolden(String situation, SyncOutcome outcome) throws IOException {
        Golden.assertSame(situation + "/console.txt", console(outcome));
        Golden.assertSame(situation + "/sync-report.md", new MarkdownReport(outcome).text());
        Golden.assertSame(situation + "/sync-report.html", withoutOwnFiles(new HtmlReport(outcome).text()));
        String json = new JsonReport(outcome).text();
        Golden.assertSame(situation + "/sync-report.json", json);
        ReportSchema.SYNC.assertValid(json);
    }

    // The style and the scripts lie beside the page's template, where changes are easier to see.
    private static String withoutOwnFiles(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "<style></style>")
                .replaceAll("(?s)<script type=\"module\">.*?</script>", "<script type=\"module\"></script>")
                .replaceAll("'sha256-[^']*'", "'sha256-'");
    }

    private static String console(SyncOutcome outcome) {
        return String.join("\n", new ConsoleReport(outcome).lines()) + "\n";
    }
}
