package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonReportTest {

    @ParameterizedTest
    @CsvSource({"VALUES, true, true", "KEYS, true, false", "NONE, false, false", ", true, false"})
    void showsOfRowsWhatThePlanAllowsAndKeysByDefault(SampleDetail samples, boolean keys, boolean values)
            throws IOException {
        String json = new JsonReport(outcome(Optional.ofNullable(samples), SyncOutcome.Result.CHANGES_FOUND)).text();
        assertThat(json.contains("\"slug\": \"thekey\"")).isEqualTo(keys);
        assertThat(json.contains("\"before\": \"valuebefore\"")).isEqualTo(values);
        assertThat(json.contains("\"after\": null")).isEqualTo(values);
        ReportSchema.SYNC.assertValid(json);
    }

    @ParameterizedTest
    @EnumSource(SyncOutcome.Result.class)
    void keepsToItsSchemaHoweverARunEnds(SyncOutcome.Result result) throws IOException {
        ReportSchema.SYNC.assertValid(new JsonReport(outcome(Optional.empty(), result)).text());
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void keepsToItsSchemaWithEveryProblem(Code code) throws IOException {
        String json = new JsonReport(Outcomes.failedEarly(Problem.of(code, "What.", "Why.", "Next."))).text();
        ReportSchema.SYNC.assertValid(json);
        assertThat(json).contains("\"problem\": {\n    \"code\": \"" + code.id() + "\"");
    }

    @Test
    void schemaRefusesUnknownAndMissingFields() throws IOException {
        String json = new JsonReport(Outcomes.nothingToDo()).text();
        assertThat(ReportSchema.SYNC.errors(json.replace("\"toInsert\"", "\"inserts\"")))
                .hasSize(4);
        assertThat(ReportSchema.SYNC.errors(json.replace("nothing-to-do", "nothing")))
                .hasSize(1);
        assertThat(ReportSchema.SYNC.errors(json.replace("2026-11-01T09:30:00Z", "today")))
                .hasSize(1);
        assertThat(ReportSchema.SYNC.errors(json.replace(Outcomes.DIGEST.hex(), "abc")))
                .hasSize(1);
    }

    private static SyncOutcome outcome(Optional<SampleDetail> samples, SyncOutcome.Result result) {
        Sample update = Outcomes.sample(
                Sample.Kind.CONFLICT, "slug", "thekey", new Sample.Change("title", "valuebefore", null));
        TableOutcome table = Outcomes.table(
                "a.b", Mode.UPSERT, OnConflict.PROD_WINS, "b*", Outcomes.CATEGORIES, List.of(update), List.of());
        return Outcomes.outcome(
                Execution.DRY_RUN,
                result,
                Optional.empty(),
                samples,
                List.of(table),
                List.of("A warning."),
                List.of("A fact."),
                List.of());
    }
}
