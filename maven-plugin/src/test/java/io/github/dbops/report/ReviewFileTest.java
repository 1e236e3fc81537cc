package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewFileTest {

    private static final Review REVIEW = new Review(
            Outcomes.DIGEST,
            "ab".repeat(32),
            "shop at localhost:5432",
            "shop \"prod\"\n\u00e9 at db.example.com:5432",
            Instant.parse("2026-11-01T09:30:00.123456Z"),
            "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11",
            41,
            2,
            Long.MAX_VALUE,
            Map.of("public.Category", "cd".repeat(32)));

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() {
        ReviewFile file = ReviewFile.in(folder.resolve("new/reports"));
        file.write(REVIEW);
        assertThat(file.read()).contains(REVIEW);
    }

    @Test
    void replacesAnEarlierReview() {
        ReviewFile file = ReviewFile.in(folder);
        file.write(new Review(Outcomes.DIGEST, "p", "s", "t", Instant.EPOCH, "r", 0, 0, 0, Map.of()));
        file.write(REVIEW);
        assertThat(file.read()).contains(REVIEW);
    }

    @Test
    void isEmptyWhereThereIsNoFile() {
        assertThat(ReviewFile.in(folder.resolve("nowhere")).read()).isEmpty();
    }

    @Test
    void isConsumedByDeleting() {
        ReviewFile file = ReviewFile.in(folder);
        file.write(REVIEW);
        file.delete();
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"formatVersion\": 2}",
                "{\"formatVersion\": 1, \"digest\": \"abc\"}",
                "{\"formatVersion\": 1, \"digest\": {\"hex\": 1}}",
                "{\"formatVersion\": 1} {}",
            })
    void refusesWhatNoDryRunWrote(String text) throws IOException {
        ReviewFile file = ReviewFile.in(folder);
        Files.writeString(file.path(), text);
        assertUnreadable(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"digest", "planHash", "source", "target", "reviewedAt", "runId", "toInsert", "conflicts"})
    void refusesAReviewThatLacksAField(String field) throws IOException {
        ReviewFile file = ReviewFile.in(folder);
        file.write(REVIEW);
        Files.writeString(file.path(), Files.readString(file.path()).replace("\"" + field + "\"", "\"other\""));
        assertUnreadable(file);
    }

    @Test
    void refusesAFileThatIsTooLargeToBeOne() throws IOException {
        ReviewFile file = ReviewFile.in(folder);
        Files.writeString(file.path(), " ".repeat(70_000));
        assertUnreadable(file);
    }

    private static void assertUnreadable(ReviewFile file) {
        assertThatThrownBy(file::read).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.first().code()).isEqualTo(Code.REVIEW_MISSING);
            assertThat(e.first().place()).contains(file.path().toString());
            assertThat(e.first().why()).isNotBlank();
        });
    }
}
