package io.github.dbops.report;

import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoRow;
import io.github.dbops.sync.UndoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An undo's outcome for a ticket or a pull request, in GitHub's Markdown. No row's contents are in it unless the run's plan
 * said so. Shortened in steps as {@link MarkdownReport} is.
 *
 * @param outcome the outcome
 */
public record UndoMarkdownReport(UndoOutcome outcome) {

    private static final int LONGEST_VALUE = 120;

    /** The whole report, ending in a line feed. Its first line is a heading. */
    public String text() {
        return MarkdownSections.fitting(Extent.values(), this::text);
    }

    private String text(Extent extent) {
        UndoVerdict verdict = new UndoVerdict(outcome);
        MarkdownSections sections = new MarkdownSections("undo", extent.limits());
        List<String> lines = new ArrayList<>(List.of("## " + verdict.title()));
        MarkdownSections.add(lines, List.of("**" + verdict.sentence() + "**"));
        MarkdownSections.add(lines, sections.shortened(extent.leftOut()));
        MarkdownSections.add(lines, sections.problems(outcome.problems()));
        MarkdownSections.add(lines, header());
        MarkdownSections.add(lines, runs());
        MarkdownSections.add(lines, counts(extent));
        MarkdownSections.add(lines, sections.list("Protected tables", verdict.protectedTables()));
        if (extent.reaches(Extent.NO_SAMPLES)) {
            outcome.tables().forEach(table -> MarkdownSections.add(lines, details(table, extent)));
        }
        MarkdownSections.add(lines, sections.list("Warnings", outcome.warnings()));
        MarkdownSections.add(lines, sections.list("Facts", outcome.facts()));
        MarkdownSections.add(lines, MarkdownSections.next(verdict.next()));
        MarkdownSections.add(lines, footer());
        return String.join("\n", lines) + "\n";
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>();
        outcome.run()
                .ifPresent(run -> lines.add("Undoes run " + MarkdownSections.name(run.id()) + " of plan "
                        + MarkdownSections.name(run.planFile()) + ", started by "
                        + MarkdownSections.name(run.startedBy())));
        outcome.target().ifPresent(target -> lines.add("in " + MarkdownSections.name(target)));
        return lines.isEmpty() ? List.of() : List.of(String.join(" ", lines));
    }

    private List<String> runs() {
        if (outcome.runs().isEmpty()) {
            return List.of();
        }
        List<List<String>> rows =
                outcome.runs().stream().map(UndoMarkdownReport::run).toList();
        return new MarkdownTable(4, List.of("run", "applied", "by", "undone", "inserted", "updated"), rows).lines();
    }

    private static List<String> run(RecordedRun run) {
        return List.of(
                MarkdownSections.name(run.id()),
                Moment.of(run.endedAt() == null ? run.startedAt() : run.endedAt()),
                MarkdownSections.name(run.startedBy()),
                UndoConsoleReport.undone(run),
                Amount.of(run.inserted()),
                Amount.of(run.updated()));
    }

    private List<String> counts(Extent extent) {
        if (outcome.tables().isEmpty()) {
            return List.of();
        }
        List<UndoColumn> columns = UndoColumn.of(outcome);
        List<String> titles = Stream.concat(Stream.of("table"), columns.stream().map(UndoColumn::title))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        if (extent.reaches(Extent.NO_DETAILS)) {
            outcome.tables()
                    .forEach(table ->
                            rows.add(row(MarkdownSections.name(table.name().toString()), columns, table.counts())));
        }
        rows.add(row("**total**", columns, outcome.totals()));
        return new MarkdownTable(1, titles, rows).lines();
    }

    private static List<String> row(String name, List<UndoColumn> columns, UndoCounts counts) {
        return Stream.concat(Stream.of(name), columns.stream().map(column -> column.text(counts)))
                .toList();
    }

    private List<String> details(UndoTable table, Extent extent) {
        List<String> content = new ArrayList<>();
        table.notes().stream()
                .limit(extent.limits().mostSentences())
                .forEach(note -> content.add(
                        "- " + MarkdownText.sentence(note, extent.limits().longestText())));
        List<String> rows = rowsOf(table, extent);
        if (!content.isEmpty() && !rows.isEmpty()) {
            content.add("");
        }
        content.addAll(rows);
        return content.isEmpty()
                ? List.of()
                : MarkdownSections.folded(MarkdownText.html(table.name().toString(), LONGEST_VALUE), content);
    }

    private List<String> rowsOf(UndoTable table, Extent extent) {
        SampleDetail detail = outcome.samples().orElse(SampleDetail.NONE);
        if (detail == SampleDetail.NONE
                || !extent.reaches(Extent.EVERYTHING)
                || table.rows().isEmpty()) {
            return List.of();
        }
        List<List<String>> rows =
                UndoRowText.few(table).stream().map(row -> row(row, detail)).toList();
        return new MarkdownTable(4, List.of("state", "key", "because of", "restored"), rows).lines();
    }

    private static List<String> row(UndoRow row, SampleDetail detail) {
        String cells = UndoRowText.cells(row, detail, LONGEST_VALUE);
        return List.of(
                row.state().word(),
                MarkdownText.code(UndoRowText.key(row, LONGEST_VALUE), 3 * LONGEST_VALUE),
                row.reason().isEmpty() ? "" : MarkdownText.code(row.reason(), LONGEST_VALUE),
                cells.isEmpty() ? "" : MarkdownText.code(cells, 3 * LONGEST_VALUE));
    }

    private List<String> footer() {
        String digest =
                outcome.digest().map(d -> "Digest `" + d.hex() + "`").orElse("No digest: there is nothing to approve.");
        return List.of(
                digest + "<br>",
                "<sub>Run " + MarkdownSections.name(outcome.runId()) + ", " + outcome.startedAt() + "</sub>");
    }
}
