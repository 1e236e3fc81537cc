package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleReportTest {

    @ParameterizedTest
    @CsvSource({
        "VALUES, '  update    slug=thekey: title old -> NULL'",
        "KEYS, '  update    slug=thekey'",
        ", '  update    slug=thekey'"
    })
    void showsOfRowsWhatThePlanAllowsAndKeysByDefault(SampleDetail samples, String line) {
        assertThat(lines(Optional.ofNullable(samples), table("a.b", Outcomes.CATEGORIES)))
                .contains(line);
    }

    @Test
    void showsNoRowsWhereThePlanForbidsIt() {
        assertThat(lines(Optional.of(SampleDetail.NONE), table("a.b", Outcomes.CATEGORIES)))
                .noneMatch(line -> line.contains("thekey") || line.contains("old"));
    }

    @Test
    void namesTheSchemaOfEachTableWhereThereAreSeveral() {
        assertThat(lines(Optional.empty(), table("a.one", Outcomes.CATEGORIES), table("b.two", Outcomes.CATEGORIES)))
                .anyMatch(line -> line.startsWith("a.one "))
                .anyMatch(line -> line.startsWith("b.two "))
                .noneMatch(line -> line.startsWith("  Schema"));
    }

    @Test
    void asksForParentsWhereRowsAreBlocked() {
        Counts blocked = new Counts(5, 0, 3, 0, 0, 0, 0, 0, 2, 0, 0, 0);
        SyncOutcome outcome = outcome(Optional.empty(), Optional.empty(), table("a.b", blocked));
        List<String> lines = new ConsoleReport(outcome).lines();
        assertThat(lines.get(0))
                .isEqualTo("dbops sync, dry-run: 3 rows to insert in 1 table; 2 rows blocked; nothing was written.");
        assertThat(lines).endsWith("Then look again: mvn dbops:sync").noneMatch(line -> line.contains("-Dapply"));
    }

    @Test
    void hasNoControlCharactersAndNoLineBreaksInALine() {
        TableOutcome table = table("a.\u001b[2Jb\n::error::", Outcomes.CATEGORIES);
        assertThat(lines(Optional.of(SampleDetail.VALUES), table))
                .noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
    }

    private static List<String> lines(Optional<SampleDetail> samples, TableOutcome... tables) {
        return new ConsoleReport(outcome(samples, Optional.of(Outcomes.DIGEST), tables)).lines();
    }

    private static SyncOutcome outcome(
            Optional<SampleDetail> samples, Optional<Digest> digest, TableOutcome... tables) {
        return Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                digest,
                samples,
                List.of(tables),
                List.of(),
                List.of(),
                List.of());
    }

    private static TableOutcome table(String name, Counts counts) {
        Sample update = Outcomes.sample(Sample.Kind.UPDATE, "slug", "thekey", new Sample.Change("title", "old", null));
        return Outcomes.table(name, Mode.UPSERT, OnConflict.LOCAL_WINS, null, counts, List.of(update), List.of());
    }
}
