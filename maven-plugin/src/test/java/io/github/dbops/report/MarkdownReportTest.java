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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarkdownReportTest {

    private static final Sample UPDATE = Outcomes.sample(
            Sample.Kind.UPDATE, "slug", "thekey", new Sample.Change("title", "valuebefore", "valueafter"));

    @ParameterizedTest
    @CsvSource({"VALUES, true, true", "KEYS, true, false", "NONE, false, false", ", false, false"})
    void showsOfRowsWhatThePlanAllowsAndNothingByDefault(SampleDetail samples, boolean keys, boolean values) {
        String text = text(Optional.ofNullable(samples), List.of(table("a.b", List.of(UPDATE), "A note.")));
        assertThat(text.contains("thekey")).isEqualTo(keys);
        assertThat(text.contains("valuebefore")).isEqualTo(values);
        assertThat(text.contains("valueafter")).isEqualTo(values);
    }

    @Test
    void leavesSamplesOutFirst() {
        Sample.Change[] cells = Collections.nCopies(2_000, new Sample.Change("title", "valuebefore", "valueafter"))
                .toArray(Sample.Change[]::new);
        Sample wide = Outcomes.sample(Sample.Kind.UPDATE, "slug", "thekey", cells);
        TableOutcome table = table("a.b", List.of(wide), "A note.");
        assertThat(text(Optional.of(SampleDetail.VALUES), List.of(table)))
                .contains("samples of rows left out", "A note.", "`a.b`", "**total**")
                .doesNotContain("thekey");
    }

    @Test
    void leavesDetailsOutNext() {
        List<TableOutcome> tables = Collections.nCopies(200, table("a.b", List.of(UPDATE), "note ".repeat(60)));
        assertThat(text(Optional.of(SampleDetail.VALUES), tables))
                .contains("the tables' details left out", "`a.b`", "**total**")
                .doesNotContain("note note");
    }

    @Test
    void leavesTheTableOfCountsOutNext() {
        List<TableOutcome> tables = Collections.nCopies(2_000, table("a.b", List.of(), "A note."));
        assertThat(text(Optional.empty(), tables))
                .contains("everything of single tables left out", "**total**", Outcomes.DIGEST.hex())
                .doesNotContain("`a.b`");
    }

    @ParameterizedTest
    @EnumSource(SyncOutcome.Result.class)
    void keepsTotalsProblemsAndDigestHoweverMuchThereIs(SyncOutcome.Result result) {
        String worst = "@|".repeat(50_000);
        TableOutcome table = Outcomes.table(
                worst,
                Mode.UPSERT,
                OnConflict.LOCAL_WINS,
                worst,
                Outcomes.CATEGORIES,
                Collections.nCopies(10, Outcomes.sample(Sample.Kind.CONFLICT, worst, worst)),
                Collections.nCopies(100, worst));
        Problem problem = new Problem(Code.ROWS_BLOCKED, worst, worst, worst, worst, Collections.nCopies(100, worst));
        SyncOutcome outcome = Outcomes.outcome(
                Execution.DRY_RUN,
                result,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.VALUES),
                Collections.nCopies(1_000, table),
                Collections.nCopies(1_000, worst),
                Collections.nCopies(1_000, worst),
                Collections.nCopies(1_000, problem));

        String text = new MarkdownReport(outcome).text();

        assertThat(text).hasSizeLessThanOrEqualTo(MarkdownReport.MOST_CHARACTERS);
        assertThat(text).startsWith("## dbops sync, dry-run\n");
        assertThat(text)
                .contains("Shortened", "**total**", "conflicts", "DBOPS-417", "997 more", Outcomes.DIGEST.hex());
    }

    @Test
    void flagsInsertsIntoAProtectedTable() {
        Counts inserts = new Counts(3, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        TableOutcome table =
                Outcomes.table("a.Order", Mode.APPEND, OnConflict.PROD_WINS, "Order*", inserts, List.of(), List.of());
        assertThat(text(Optional.empty(), List.of(table)))
                .contains("- Protected `a.Order` (`Order*`): 3 rows would be inserted, none overwritten.");
    }

    private static String text(Optional<SampleDetail> samples, List<TableOutcome> tables) {
        return new MarkdownReport(Outcomes.outcome(
                        Execution.DRY_RUN,
                        SyncOutcome.Result.CHANGES_FOUND,
                        Optional.of(Outcomes.DIGEST),
                        samples,
                        tables,
                        List.of(),
                        List.of(),
                        List.of()))
                .text();
    }

    private static TableOutcome table(String name, List<Sample> samples, String note) {
        return Outcomes.table(
                name, Mode.UPSERT, OnConflict.LOCAL_WINS, null, Outcomes.CATEGORIES, samples, List.of(note));
    }
}
