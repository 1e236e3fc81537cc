package io.github.dbops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {

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
    void readsAMigrationReport() {
        Findings findings = Findings.of("""
                {"formatVersion":1,"goal":"migrate-deploy","outcome":"pending","migrations":"prisma/migrations",
                 "target":"postgresql://db/shop","digest":null,"pending":["1_a","2_b"],"warnings":[],"problems":[]}
                """);

        assertThat(findings.plan()).contains("prisma/migrations");
        assertThat(findings.pending()).contains(2L);
        assertThat(findings.toInsert()).isEmpty();
        assertThat(findings.hasChanges()).isEqualTo(Optional.of(true));
        assertThat(findings.warnings()).isEqualTo(List.of());
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
        return Files.readString(Path.of("src/test/resources/golden", name, "sync-report.json"));
    }
}
