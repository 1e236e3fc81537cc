package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    Path folder;

    @Test
    void makesTheFolderAndLeavesThreeFilesOfASync() throws IOException {
        Path reports = folder.resolve("target/dbops");
        List<Path> written = new ReportFiles(reports, "sync").write(Outcomes.nothingToDo());
        assertThat(written)
                .containsExactly(
                        reports.resolve("sync-report.json"),
                        reports.resolve("sync-report.md"),
                        reports.resolve("sync-report.html"));
        assertThat(names(reports)).containsExactlyInAnyOrder("sync-report.json", "sync-report.md", "sync-report.html");
        assertThat(written.get(0)).content().isEqualTo(new JsonReport(Outcomes.nothingToDo()).text());
        assertThat(written.get(1)).content().isEqualTo(new MarkdownReport(Outcomes.nothingToDo()).text());
        assertThat(written.get(2)).content().isEqualTo(new HtmlReport(Outcomes.nothingToDo()).text());
    }

    @Test
    void leavesTwoFilesOfAMigrateGoal() {
        MigrationOutcome outcome = MigrationGoldenReportTest.failed();
        List<Path> written = new ReportFiles(folder, "migrate-deploy").write(outcome);
        assertThat(written)
                .containsExactly(
                        folder.resolve("migrate-deploy-report.json"), folder.resolve("migrate-deploy-report.md"));
        assertThat(written.get(0)).content().isEqualTo(new MigrationJsonReport(outcome).text());
        assertThat(written.get(1)).content().isEqualTo(new MigrationMarkdownReport(outcome).text());
    }

    @Test
    void replacesEarlierReports() {
        ReportFiles files = new ReportFiles(folder, "sync");
        files.write(Outcomes.applied());
        files.write(Outcomes.nothingToDo());
        assertThat(folder.resolve("sync-report.json")).content().contains("nothing-to-do");
    }

    @Test
    void hidesTheFolderWithoutPomFromACheckout() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Path reports = folder.resolve("dbops-reports");
        new ReportFiles(reports, "sync").write(Outcomes.nothingToDo());
        assertThat(reports.resolve(".gitignore")).content().isEqualTo("*\n");
    }

    @Test
    void leavesAnIgnoreFileOfTheUsersAlone() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Path reports = Files.createDirectory(folder.resolve("dbops-reports"));
        Files.writeString(reports.resolve(".gitignore"), "*.json\n");
        new ReportFiles(reports, "sync").write(Outcomes.nothingToDo());
        assertThat(reports.resolve(".gitignore")).content().isEqualTo("*.json\n");
    }

    @Test
    void ignoresNothingInAFolderOfAnotherName() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        new ReportFiles(folder.resolve("reports"), "sync").write(Outcomes.nothingToDo());
        assertThat(folder.resolve("reports/.gitignore")).doesNotExist();
    }

    @Test
    void saysWhichFileCouldNotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("reports"), "in the way");
        assertThatThrownBy(() -> new ReportFiles(file, "sync").write(Outcomes.nothingToDo()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.first().code()).isEqualTo(Code.REPORT_NOT_WRITTEN);
                    assertThat(e.first().place())
                            .contains(file.resolve("sync-report.json").toString());
                });
    }

    @Test
    void leavesNoDraftWhereTheFileCannotBeReplaced() throws IOException {
        Files.createDirectories(folder.resolve("sync-report.json/occupied"));
        assertThatThrownBy(() -> new ReportFiles(folder, "sync").write(Outcomes.nothingToDo()))
                .isInstanceOf(ProblemException.class);
        assertThat(names(folder)).containsExactly("sync-report.json");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
