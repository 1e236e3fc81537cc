package io.github.dbops.report;

import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.InitOutcome.Result;
import io.github.dbops.sync.draft.RowCount;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of {@code dbops:init} as lines for Maven's log: no colours, about 120 columns. A dry-run's begin with the
 * plan itself. Problems are only named; {@link ProblemText} tells them.
 *
 * @param outcome the outcome
 */
public record InitConsoleReport(InitOutcome outcome) {

    private static final int WIDTH = ConsoleSections.WIDTH;
    private static final int MOST_TABLES = 200;
    private static final int LONGEST_NAME = 60;

    /** The report, a line each; an empty line parts sections. */
    public List<String> lines() {
        InitVerdict verdict = new InitVerdict(outcome);
        List<String> lines = new ArrayList<>();
        if (outcome.result() == Result.SHOWN) {
            outcome.text().ifPresent(text -> lines.addAll(text.lines().toList()));
            lines.add("");
        }
        lines.addAll(Paragraph.lines("", verdict.title() + ": " + verdict.sentence(), WIDTH));
        ConsoleSections.add(lines, header());
        ConsoleSections.add(lines, tables(verdict.tables()));
        ConsoleSections.add(lines, ConsoleSections.list("Proposed as sensitive", verdict.sensitive()));
        ConsoleSections.add(lines, ConsoleSections.list("Without an entry", verdict.leftOut()));
        ConsoleSections.add(lines, ConsoleSections.list("Warnings", outcome.warnings()));
        ConsoleSections.add(lines, ConsoleSections.list("Facts", outcome.facts()));
        ConsoleSections.add(lines, ConsoleSections.problems(outcome.problems()));
        ConsoleSections.add(lines, ConsoleSections.next(outcome.problems(), verdict.next()));
        return List.copyOf(lines);
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>(Paragraph.lines("  Plan    ", outcome.planFile(), WIDTH));
        if (outcome.result() == Result.WRITTEN) {
            lines.addAll(Paragraph.lines("  Schema  ", outcome.schemaFile(), WIDTH));
        }
        outcome.source().ifPresent(source -> lines.addAll(Paragraph.lines("  Source  ", source, WIDTH)));
        outcome.target()
                .ifPresent(target -> lines.addAll(Paragraph.lines("  Target  ", target + " (catalog only)", WIDTH)));
        lines.addAll(Paragraph.lines("  Run     ", outcome.runId(), WIDTH));
        return lines;
    }

    private static List<String> tables(List<DraftedTable> tables) {
        if (tables.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = tables.stream()
                .limit(MOST_TABLES)
                .map(t -> List.of(
                        shown(t.planName()),
                        t.key().map(k -> shown(String.join(", ", k.columns()))).orElse("-"),
                        t.key().map(k -> k.grade().word()).orElse("-"),
                        rows(t.rows())))
                .toList();
        List<String> lines =
                new ArrayList<>(new TextTable(3, 0, List.of("Table", "Key", "Evidence", "Rows"), rows).lines(WIDTH));
        if (tables.size() > MOST_TABLES) {
            lines.add("and " + Amount.of(tables.size() - MOST_TABLES) + " more");
        }
        return lines;
    }

    private static String shown(String name) {
        return Visible.shortened(name, LONGEST_NAME);
    }

    private static String rows(RowCount rows) {
        return switch (rows.precision()) {
            case COUNTED -> Amount.of(rows.rows());
            case ESTIMATED -> "~" + Amount.of(rows.rows());
            case UNKNOWN -> "?";
        };
    }
}
