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
 * An undo's outcome as lines for Maven's log: plain ASCII but for data, no colours, about 120 columns. Keys of a few rows
 * are shown unless the run's plan said otherwise. Problems are only named; {@link ProblemText} tells them.
 *
 * @param outcome the outcome
 */
public record UndoConsoleReport(UndoOutcome outcome) {

    private static final int WIDTH = ConsoleSections.WIDTH;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_VALUE = 60;

    /** The report, a line each; an empty line parts sections. */
    public List<String> lines() {
        UndoVerdict verdict = new UndoVerdict(outcome);
        List<String> lines = new ArrayList<>(Paragraph.lines("", verdict.title() + ": " + verdict.sentence(), WIDTH));
        ConsoleSections.add(lines, header());
        ConsoleSections.add(lines, runs());
        ConsoleSections.add(lines, counts());
        ConsoleSections.add(lines, ConsoleSections.list("Protected tables", verdict.protectedTables()));
        for (UndoTable table : outcome.tables()) {
            ConsoleSections.add(lines, details(table));
        }
        ConsoleSections.add(lines, ConsoleSections.list("Warnings", outcome.warnings()));
        ConsoleSections.add(lines, ConsoleSections.list("Facts", outcome.facts()));
        ConsoleSections.add(lines, ConsoleSections.problems(outcome.problems()));
        ConsoleSections.add(lines, ConsoleSections.next(outcome.problems(), verdict.next()));
        return List.copyOf(lines);
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>();
        outcome.run().ifPresent(run -> {
            lines.addAll(
                    Paragraph.lines("  Undoes  ", run.id() + ", " + run.endedAt() + " by " + run.startedBy(), WIDTH));
            lines.addAll(Paragraph.lines("  Plan    ", run.planFile(), WIDTH));
        });
        outcome.target().ifPresent(target -> lines.addAll(Paragraph.lines("  Target  ", target, WIDTH)));
        outcome.digest().ifPresent(digest -> lines.add("  Digest  " + digest.hex()));
        lines.addAll(Paragraph.lines("  Run     ", outcome.runId(), WIDTH));
        return lines;
    }

    private List<String> runs() {
        if (outcome.runs().isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = outcome.runs().stream()
                .map(run -> List.of(
                        run.id(),
                        Moment.of(run.endedAt() == null ? run.startedAt() : run.endedAt()),
                        Visible.shortened(run.startedBy(), LONGEST_NAME),
                        undone(run),
                        Amount.of(run.inserted()),
                        Amount.of(run.updated())))
                .toList();
        return new TextTable(4, 2, List.of("Run", "Applied", "By", "Undone", "inserted", "updated"), rows).lines(WIDTH);
    }

    static String undone(RecordedRun run) {
        return run.undone()
                .map(undone -> undone.remaining() == 0 ? "wholly" : "but for " + Amount.of(undone.remaining()))
                .orElse("-");
    }

    private List<String> counts() {
        if (outcome.tables().isEmpty()) {
            return List.of();
        }
        List<UndoColumn> columns = UndoColumn.of(outcome);
        List<String> titles = Stream.concat(Stream.of("Table"), columns.stream().map(UndoColumn::title))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        outcome.tables().forEach(table -> rows.add(row(Visible.of(table.name().toString()), columns, table.counts())));
        rows.add(row("Total", columns, outcome.totals()));
        return new TextTable(1, 0, titles, rows).linesWithTotal(WIDTH);
    }

    private static List<String> row(String name, List<UndoColumn> columns, UndoCounts counts) {
        return Stream.concat(Stream.of(name), columns.stream().map(column -> column.text(counts)))
                .toList();
    }

    private List<String> details(UndoTable table) {
        List<String> content = new ArrayList<>();
        SampleDetail detail = outcome.samples().orElse(SampleDetail.KEYS);
        if (detail != SampleDetail.NONE) {
            UndoRowText.few(table).forEach(row -> content.addAll(Paragraph.lines(lead(row), text(row, detail), WIDTH)));
        }
        table.notes().forEach(note -> content.addAll(Paragraph.lines("  note           ", note, WIDTH)));
        if (!content.isEmpty()) {
            content.add(0, Visible.of(table.name().toString()));
        }
        return content;
    }

    private static String lead(UndoRow row) {
        return "  %-15s".formatted(row.state().word());
    }

    private static String text(UndoRow row, SampleDetail detail) {
        String cells = UndoRowText.cells(row, detail, LONGEST_VALUE);
        String reason = row.reason().isEmpty() ? "" : " (" + row.reason() + ")";
        return UndoRowText.key(row, LONGEST_VALUE) + (cells.isEmpty() ? "" : ": " + cells) + reason;
    }
}
