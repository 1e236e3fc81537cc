package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoOutcome.Result;
import io.github.dbops.sync.UndoRow;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UndoReportTest {

    private static final String UNDO = "77b0c1d2-4f61-4c7b-9a1e-2b6d8e0f1a35";

    static RecordedRun run(Optional<SampleDetail> samples, Optional<RecordedRun.Undone> undone) {
        return new RecordedRun(
                "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11",
                "applied",
                Instant.parse("2026-11-01T09:28:00Z"),
                Instant.parse("2026-11-01T09:30:00Z"),
                "mia@runner-7",
                "scripts/db/sync-plan.json",
                "ab12",
                41,
                2,
                List.of("Payment*"),
                List.of(),
                samples,
                Optional.empty(),
                undone);
    }

    static UndoOutcome dryRun(Optional<SampleDetail> samples) {
        return outcome(
                Execution.DRY_RUN,
                Result.CHANGES_FOUND,
                run(samples, Optional.empty()),
                List.of(categories(0, 0), orders(0)),
                List.of());
    }

    private static UndoTable categories(long restored, long deleted) {
        return new UndoTable(
                new QualifiedName("public", "Category"),
                null,
                new UndoCounts(
                        Map.of(
                                UndoState.RESTORE, 1L,
                                UndoState.DELETE, 36L,
                                UndoState.CHANGED, 1L,
                                UndoState.REFERENCED, 2L),
                        restored,
                        deleted),
                List.of(
                        row(UndoState.RESTORE, "hats", "", new Sample.Change("title", "Hats & caps", "Hats")),
                        row(UndoState.CHANGED, "winter sale", ""),
                        row(UndoState.DELETE, "shoes", ""),
                        row(UndoState.REFERENCED, "boots", "public.Product (Product_categoryId_fkey)")),
                List.of());
    }

    private static UndoTable orders(long deleted) {
        return new UndoTable(
                new QualifiedName("public", "OrderStatus"),
                "Order*",
                new UndoCounts(Map.of(UndoState.DELETE, 3L), 0, deleted),
                List.of(row(UndoState.DELETE, "refunded", "")),
                List.of("A note."));
    }

    private static UndoRow row(UndoState state, @Nullable String key, String reason, Sample.Change... cells) {
        return new UndoRow(state, List.of(new Sample.Cell("slug", key)), reason, List.of(cells));
    }

    private static UndoOutcome outcome(
            Execution execution, Result result, RecordedRun run, List<UndoTable> tables, List<Problem> problems) {
        boolean reverts = result == Result.CHANGES_FOUND || result == Result.UNDONE;
        return new UndoOutcome(
                execution,
                result,
                Optional.of(run),
                Optional.of("postgresql://deploy@db.example.com:5432/shop"),
                reverts ? Optional.of(Outcomes.DIGEST) : Optional.empty(),
                UNDO,
                Instant.parse("2026-11-01T09:45:00Z"),
                Duration.ofMillis(1234),
                List.of(new Phase("look", Duration.ofMillis(1000))),
                tables,
                List.of(),
                List.of(),
                List.of("No backup check is set (dbops.backupCheck)."),
                problems);
    }

    @Test
    void tellsOfADryRun() throws IOException {
        assertGolden("undo-dry-run", dryRun(Optional.empty()));
    }

    @Test
    void showsValuesWhereTheRunsPlanSaidSo() throws IOException {
        assertGolden("undo-values", dryRun(Optional.of(SampleDetail.VALUES)));
    }

    @Test
    void tellsWhatWasUndone() throws IOException {
        assertGolden(
                "undo-undone",
                outcome(
                        Execution.APPLY,
                        Result.UNDONE,
                        run(Optional.empty(), Optional.empty()),
                        List.of(categories(1, 36), orders(3)),
                        List.of()));
    }

    @Test
    void listsTheLastRunsWhereNoneIsNamed() throws IOException {
        RecordedRun undone = run(
                Optional.empty(),
                Optional.of(new RecordedRun.Undone(UNDO, Instant.parse("2026-11-01T10:00:00Z"), "leo", 0)));
        RecordedRun partly = run(
                Optional.empty(),
                Optional.of(new RecordedRun.Undone(UNDO, Instant.parse("2026-11-01T10:00:00Z"), "leo", 1200)));
        assertGolden(
                "undo-runs",
                new UndoOutcome(
                        Execution.DRY_RUN,
                        Result.RUNS_LISTED,
                        Optional.empty(),
                        Optional.of("postgresql://deploy@db.example.com:5432/shop"),
                        Optional.empty(),
                        UNDO,
                        Instant.parse("2026-11-01T09:45:00Z"),
                        Duration.ofMillis(34),
                        List.of(),
                        List.of(),
                        List.of(undone, partly, run(Optional.empty(), Optional.empty())),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void tellsOfARefusal() throws IOException {
        UndoOutcome outcome = outcome(
                Execution.APPLY,
                Result.REFUSED,
                run(Optional.empty(), Optional.empty()),
                List.of(),
                List.of(Problem.of(Code.RUN_ALREADY_UNDONE, "Run x has been undone.", "By y.", "Apply again.")
                        .withState("Nothing was changed; a dry-run cannot write.")));
        assertGolden("undo-refused", outcome);
    }

    @Test
    void keepsHostileDataData() throws IOException {
        String evil = "</summary><img src=x>|`@octocat` #1 [a](https://evil.example)\u202e\n## x \u001b[31m\\|";
        RecordedRun harmless = run(Optional.of(SampleDetail.VALUES), Optional.empty());
        RecordedRun run = new RecordedRun(
                harmless.id(),
                harmless.state(),
                harmless.startedAt(),
                harmless.endedAt(),
                evil,
                evil,
                harmless.planHash(),
                1,
                1,
                List.of(),
                List.of(),
                harmless.samples(),
                Optional.empty(),
                Optional.empty());
        UndoTable table = new UndoTable(
                new QualifiedName("public", evil),
                evil,
                new UndoCounts(Map.of(UndoState.RESTORE, 1L, UndoState.TAKEN, 1L), 0, 0),
                List.of(
                        row(UndoState.RESTORE, evil, "", new Sample.Change(evil, evil, null)),
                        row(UndoState.TAKEN, evil, "index " + evil)),
                List.of(evil));
        assertGolden("undo-hostile", outcome(Execution.DRY_RUN, Result.CHANGES_FOUND, run, List.of(table), List.of()));
    }

    @ParameterizedTest
    @EnumSource(Result.class)
    void keepsToItsSchemaHoweverARunEnds(Result result) throws IOException {
        ReportSchema.UNDO.assertValid(new UndoJsonReport(outcome(
                        Execution.APPLY,
                        result,
                        run(Optional.empty(), Optional.empty()),
                        List.of(orders(0)),
                        List.of()))
                .text());
    }

    @Test
    void schemaRefusesUnknownAndMissingFields() throws IOException {
        String json = new UndoJsonReport(dryRun(Optional.empty())).text();
        assertThat(ReportSchema.UNDO.errors(json.replace("\"toDelete\"", "\"deletes\"")))
                .hasSize(6);
        assertThat(ReportSchema.UNDO.errors(json.replace("changes-found", "found")))
                .hasSize(1);
        assertThat(ReportSchema.UNDO.errors(json.replace("\"restore\"", "\"restored\"")))
                .hasSize(1);
    }

    @Test
    void thePageOfTheGoalShowsTheConsoleAsItIs() {
        assertThat(Path.of("../docs/goals/undo.md"))
                .content()
                .contains(String.join("\n", new UndoConsoleReport(dryRun(Optional.empty())).lines()));
    }

    private static void assertGolden(String situation, UndoOutcome outcome) throws IOException {
        Golden.assertSame(situation + "/console.txt", String.join("\n", new UndoConsoleReport(outcome).lines()) + "\n");
        Golden.assertSame(situation + "/undo-report.md", new UndoMarkdownReport(outcome).text());
        String json = new UndoJsonReport(outcome).text();
        Golden.assertSame(situation + "/undo-report.json", json);
        ReportSchema.UNDO.assertValid(json);
    }
}
