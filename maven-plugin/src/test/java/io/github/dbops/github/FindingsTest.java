package io.github.dbops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @Test
    void readsASyncReportAsItIsWritten() throws IOException {
        Findings findings = Findings.of(golden("dry-run-changes"));

        assertThat(findings.hasChanges()).contains(true);
        assertThat(findings.plan()).contains("scripts/db/sync-plan.json");
        assertThat(findings.target()).contains("postgresql://deploy@db.example.com:5432/shop");
        assertThat(findings.digest()).isPresent();
        assertThat(findings.toInsert()).contains(41L);
        assertThat(findings.toUpdate()).contains(2L);
        assertThat(findings.conflicts()).contains(1171L);
        assertThat(findings.pending()).isEmpty();
        assertThat(findings.problems()).isEmpty();
        assertThat(findings.warnings()).hasSize(2);
    }

    @Test
    void doesNotCountWhatWasNeverLookedAt() throws IOException {
        Findings findings = Findings.of(golden("failed-early"));

        assertThat(findings.isUncounted()).isTrue();
        assertThat(findings.hasChanges()).isEmpty();
        assertThat(findings.problems()).extracting(Findings.Trouble::code).containsExactly("DBOPS-107");
    }

    @Test
    void knowsThatThereIsNothingToDo() throws IOException {
        assertThat(Findings.of(golden("nothing-to-do")).hasChanges()).contains(false);
    }

    @Test
    void readsAMigrationReportAsItIsWritten() throws IOException {
        Findings findings = Findings.of(golden("migrate-pending", "migrate-status"));

        assertThat(findings.plan()).contains("prisma/migrations");
        assertThat(findings.target()).contains("postgresql://deploy@db.example.com:5432/shop");
        assertThat(findings.pending())
                .hasValueSatisfying(count -> assertThat(count).isPositive());
        assertThat(findings.toInsert()).isEmpty();
        assertThat(findings.hasChanges()).contains(true);
    }

    @Test
    void readsAnUndoReportAsItIsWritten() throws IOException {
        Findings findings = Findings.of(golden("undo-dry-run", "undo"));

        assertThat(findings.hasChanges()).contains(true);
        assertThat(findings.target()).contains("postgresql://deploy@db.example.com:5432/shop");
        assertThat(findings.digest()).isPresent();
        assertThat(findings.plan()).isEmpty();
        assertThat(findings.toInsert()).isEmpty();
        assertThat(Findings.of(golden("undo-undone", "undo")).hasChanges()).contains(true);
        assertThat(Findings.of(golden("undo-runs", "undo")).hasChanges()).contains(false);
    }

    @Test
    void readsEveryReportThatDbopsWrites() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            assertThat(files.filter(file -> file.toString().endsWith("-report.json")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(
                                    Findings.of(Files.readString(file)).outcome())
                            .isNotBlank());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"outcome\":1,\"problems\":[],\"warnings\":[]}",
                "{\"outcome\":\"applied\",\"digest\":\"short\",\"problems\":[],\"warnings\":[]}",
                "{\"outcome\":\"applied\",\"totals\":{\"toInsert\":1.5},\"problems\":[],\"warnings\":[]}",
                "{\"outcome\":\"applied\",\"problems\":[{\"code\":\"DBOPS-1\"}],\"warnings\":[]}"
            })
    void rejectsWhatIsNoReport(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Findings.of(text));
    }

    private static String golden(String name) throws IOException {
        return golden(name, "sync");
    }

    private static String golden(String name, String goal) throws IOException {
        return Files.readString(GOLDEN.resolve(name).resolve(goal + "-report.json"));
    }
}
