package io.github.dbops.report;

import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.draft.InitOutcome;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a goal leaves in the folder for reports: {@code <goal>-report.json} and {@code <goal>-report.md}.
 *
 * @param folder where they go; made where it is missing
 * @param goal the goal's name: {@code sync}, {@code migrate-status}
 */
public record ReportFiles(Path folder, String goal) {

    /**
     * Writes both, each in one step. A checkout's {@code dbops-reports} gets a {@code .gitignore} over all of it.
     *
     * @return the files, JSON first
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(SyncOutcome outcome) {
        return write(new JsonReport(outcome).text(), new MarkdownReport(outcome).text());
    }

    /**
     * The same for a migrate goal.
     *
     * @return the files, JSON first
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(MigrationOutcome outcome) {
        return write(new MigrationJsonReport(outcome).text(), new MigrationMarkdownReport(outcome).text());
    }

    /**
     * The same for {@code dbops:init}.
     *
     * @return the files, JSON first
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(InitOutcome outcome) {
        return write(new InitJsonReport(outcome).text(), new InitMarkdownReport(outcome).text());
    }

    private List<Path> write(String json, String markdown) {
        ReportFolder reports = new ReportFolder(folder);
        return List.of(reports.write(goal + "-report.json", json), reports.write(goal + "-report.md", markdown));
    }
}
