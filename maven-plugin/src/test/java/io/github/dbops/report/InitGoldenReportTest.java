package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import io.github.dbops.sync.draft.ColumnFacts.Trait;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.Drafting;
import io.github.dbops.sync.draft.Family;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.InitOutcome.Result;
import io.github.dbops.sync.draft.LeftOut;
import io.github.dbops.sync.draft.Sketch;
import io.github.dbops.sync.draft.Survey;
import io.github.dbops.sync.draft.text.PlanText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitGoldenReportTest {

    @Test
    void tellsWhatWasWritten() throws IOException {
        assertGolden("init-written", written());
    }

    @Test
    void showsTheWholePlanInADryRun() throws IOException {
        InitOutcome shown = outcome(
                Result.SHOWN,
                Optional.of(Sketch.draft(Sketch.table("Coupon").unique("code").rows(3))),
                List.of(),
                List.of());
        assertGolden("init-shown", shown);
    }

    @Test
    void tellsWhyNothingWasWritten() throws IOException {
        Problem problem = Problem.of(
                        Code.PLAN_EXISTS, "There is a plan already: sync-plan.json.", "Because.", "Do this.")
                .withState("Nothing was connected to; nothing was written.");
        assertGolden("init-refused", outcome(Result.REFUSED, Optional.empty(), List.of(), List.of(problem)));
    }

    @Test
    void namesThatWantToBeMoreStayNames() throws IOException {
        Sketch table = Sketch.table("`|<b>*/\n@everyone").unique("[x](http://y) | a");
        table.column("pass\u202eword password", Family.TEXT);
        Survey survey = Sketch.survey(table);
        Draft draft = Drafting.of(
                "x", new Survey(survey.tables(), List.of(new LeftOut("<script>", LeftOut.Why.VIEW)), Optional.empty()));
        assertGolden("init-hostile", outcome(Result.WRITTEN, Optional.of(draft), List.of("a `b` | c"), List.of()));
    }

    @Test
    void aThousandTablesFitIntoAComment() {
        List<Sketch> tables = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            tables.add(Sketch.table("a_table_with_a_rather_long_name_" + i).unique("a_column_with_a_long_name"));
        }
        InitOutcome outcome =
                outcome(Result.WRITTEN, Optional.of(Sketch.draft(tables.toArray(Sketch[]::new))), List.of(), List.of());
        assertThat(new InitMarkdownReport(outcome).text())
                .hasSizeLessThanOrEqualTo(MarkdownReport.MOST_CHARACTERS)
                .contains("_Shortened to fit a comment: most tables left out.", "_… and 1,400 more_");
        assertThat(new InitConsoleReport(outcome).lines()).hasSizeLessThan(300).contains("and 1,300 more");
    }

    /** What docs/reports.md shows. */
    static InitOutcome written() {
        Sketch category = Sketch.table("Category")
                .serial("id")
                .unique("slug")
                .column("updatedAt", Family.MOMENT, Trait.NOT_NULL)
                .rows(4);
        Sketch city = Sketch.table("City")
                .serial("id")
                .column("name", Family.TEXT)
                .rows(600)
                .filled("name", 600, 600);
        Sketch user = Sketch.table("User")
                .column("id", Family.UUID)
                .primaryKey("id")
                .unique("email")
                .column("passwordHash", Family.TEXT)
                .rows(18_204)
                .unseen("Its rows were not looked at.");
        Sketch visit = Sketch.table("Visit")
                .serial("id")
                .parent("categoryId", "Category", "id")
                .rows(0);
        Sketch stay = Sketch.table("Stay")
                .unique("number")
                .parent("visitId", "Visit", "id")
                .rows(12);
        Survey survey = Sketch.survey(category, city, user, visit, stay);
        Draft draft = Drafting.of(
                "the database shop",
                new Survey(
                        survey.tables(),
                        List.of(
                                new LeftOut("_prisma_migrations", LeftOut.Why.HISTORY),
                                new LeftOut("daily_sales", LeftOut.Why.VIEW),
                                new LeftOut("monthly_sales", LeftOut.Why.VIEW)),
                        Optional.empty()));
        return outcome(
                Result.WRITTEN, Optional.of(draft), List.of("The target's catalog was not looked at."), List.of());
    }

    private static InitOutcome outcome(
            Result result, Optional<Draft> draft, List<String> warnings, List<Problem> problems) {
        return new InitOutcome(
                result,
                result == Result.SHOWN ? Execution.DRY_RUN : Execution.APPLY,
                "sync-plan.json",
                "sync-plan.schema.json",
                "mvn dbops:sync",
                Optional.of("postgresql://shop@localhost:5432/shop"),
                result == Result.SHOWN ? Optional.of("postgresql://deploy@db.example.com:5432/shop") : Optional.empty(),
                draft,
                draft.map(d -> PlanText.of(d, "mvn dbops:sync")),
                "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11",
                Instant.parse("2026-11-05T09:12:33Z"),
                Duration.ofMillis(1_234),
                List.of(new Phase("connect", Duration.ofMillis(40)), new Phase("look", Duration.ofMillis(900))),
                warnings,
                List.of(),
                problems);
    }

    private static void assertGolden(String name, InitOutcome outcome) throws IOException {
        String json = new InitJsonReport(outcome).text();
        Golden.assertSame(name + "/console.txt", String.join("\n", new InitConsoleReport(outcome).lines()) + "\n");
        Golden.assertSame(name + "/init-report.json", json);
        Golden.assertSame(name + "/init-report.md", new InitMarkdownReport(outcome).text());
        ReportSchema.INIT.assertValid(json);
    }
}
