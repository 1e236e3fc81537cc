package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Execution;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts show examples, however many rows an outcome holds. */
class FewSamplesTest {

    private static final List<Sample> MANY = IntStream.range(0, 2_000)
            .mapToObj(i -> Outcomes.sample(
                    i % 2 == 0 ? Sample.Kind.INSERT : Sample.Kind.CONFLICT,
                    "slug",
                    "row-" + i,
                    new Sample.Change("title", "before", "after")))
            .toList();

    private static final List<String> SHOWN =
            IntStream.range(0, 10).mapToObj(i -> "row-" + i).toList();

    @Test
    void areTheFirstFiveOfEachKindInTheirOrder() {
        assertThat(FewSamples.of(table()).stream()
                        .map(sample -> sample.key().get(0).value()))
                .containsExactlyElementsOf(SHOWN);
    }

    @Test
    void areAllThatConsoleJsonAndMarkdownShow() {
        SyncOutcome outcome = Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.KEYS),
                List.of(table()),
                List.of(),
                List.of(),
                List.of());
        String console = String.join("\n", new ConsoleReport(outcome).lines());

        assertThat(Stream.of(console, new JsonReport(outcome).text(), new MarkdownReport(outcome).text()))
                .allSatisfy(text -> assertThat(text).contains(SHOWN).doesNotContain("row-10", "row-11"));
    }

    private static TableOutcome table() {
        return Outcomes.table("a.b", Mode.UPSERT, OnConflict.PROD_WINS, null, Outcomes.CATEGORIES, MANY, List.of());
    }
}
