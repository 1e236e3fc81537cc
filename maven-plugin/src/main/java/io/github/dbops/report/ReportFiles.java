package io.github.dbops.report;

import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.draft.InitOutcome;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a goal leaves in the folder for reports: {@code <goal>-report.json} and {@code <goal>-report.md}, and of
 * a sync {@code sync-report.html}.
 *
 * @param folder where they go; made where it is missing
 * @param goal the goal's name: {@code sync}, {@code migrate-status}
 */
public record ReportFiles(Path folder, String goal) {

    /**
     * Writes the three of a sync, each in one step. A checkout's {@code dbops-reports} gets a {@code .gitignore} over all
     * of it.
     *
     * @return the files: JSON, Markdown, HTML
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(SyncOutcome outcome) {
        return List.of(
                write(".json", new JsonReport(outcome).text()),
                write(".md", new MarkdownReport(outcome).text()),
                write(".html", new HtmlReport(outcome).text()));
    }

    /**
     * Writes the two of a migrate goal.
     *
     * @return the files, JSON first
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(MigrationOutcome outcome) {
        return List.of(
                write(".json", new MigrationJsonReport(outcome).text()),
                write(".md", new MigrationMarkdownReport(outcome).text()));
    }

    /**
     * Writes the two of an undo.
     *
     * @return the files, JSON first
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(UndoOutcome outcome) {
        return List.of(
                write(".json", new UndoJsonReport(outcome).text()),
                write(".md", new UndoMarkdownReport(outcome).text()));
    }

    /**
     * The same for {@code dbops:init}.
     *
     * @return the files, JSON first
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public List<Path> write(InitOutcome outcome) {
        return List.of(
                write(".json", new InitJsonReport(outcome).text()),
                write(".md", new InitMarkdownReport(outcome).text()));
    }

    private Path write(String ending, String text) {
        return new ReportFolder(folder).write(goal + "-report" + ending, text);
    }
}
