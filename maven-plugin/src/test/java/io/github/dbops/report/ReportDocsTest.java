package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.draft.InitOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportDocsTest {

    private static final Path PAGE = Path.of("../docs/reports.md");

    @Test
    void thePageShowsTheConsoleAsItIs() throws IOException {
        SyncOutcome outcome = Outcomes.dryRunWithChanges(Optional.empty());
        assertThat(PAGE).content().contains(String.join("\n", new ConsoleReport(outcome).lines()));
    }

    @Test
    void thePageShowsADeployAsItIs() {
        MigrationOutcome outcome = MigrationGoldenReportTest.deployed();
        assertThat(PAGE).content().contains(String.join("\n", new MigrationConsoleReport(outcome).lines()));
    }

    @Test
    void thePageShowsAnInitAsItIs() {
        InitOutcome outcome = InitGoldenReportTest.written();
        assertThat(PAGE).content().contains(String.join("\n", new InitConsoleReport(outcome).lines()));
    }

    @ParameterizedTest
    @CsvSource({"SYNC, cells", "MIGRATE, recordedChecksum", "INIT, withheldKey"})
    void thePageNamesEveryFieldOfTheJson(ReportSchema schema, String one) throws IOException {
        String page = Files.readString(PAGE);
        Set<String> fields = new TreeSet<>();
        Matcher field = Pattern.compile("\"(\\w+)\": \\{").matcher(Files.readString(schema.file()));
        while (field.find()) {
            fields.add(field.group(1));
        }
        assertThat(fields).contains("prismaCode", one);
        // The schema's own words, and its definitions of things that the page calls otherwise.
        fields.removeAll(Set.of(
                "items",
                "properties",
                "additionalProperties",
                "count",
                "phase",
                "sample",
                "cell",
                "step",
                "resolution",
                "relation"));
        // Counted one by one; the states are explained on a page of their own.
        for (MigrationState state : MigrationState.values()) {
            fields.remove(state.word());
        }
        assertThat(fields).allSatisfy(name -> assertThat(page).containsPattern("`(problem\\.)?" + name + "(\\[])?`"));
    }
}
