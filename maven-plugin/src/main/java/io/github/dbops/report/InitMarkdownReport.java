package io.github.dbops.report;

import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.KeyCandidate;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of {@code dbops:init} in GitHub's Markdown: names and counts, no row. At most
 * {@value MarkdownReport#MOST_CHARACTERS} characters; what does not fit goes, and the report says so.
 *
 * @param outcome the outcome
 */
public record InitMarkdownReport(InitOutcome outcome) {

    /** The whole report, ending in a line feed. Its first line is a heading. */
    public String text() {
        return MarkdownSections.fitting(InitExtent.values(), this::text);
    }

    private String text(InitExtent extent) {
        InitVerdict verdict = new InitVerdict(outcome);
        MarkdownSections sections = new MarkdownSections("init", extent.limits());
        List<String> lines = new ArrayList<>();
        lines.add("## " + verdict.title());
        MarkdownSections.add(lines, List.of("**" + verdict.sentence() + "**"));
        MarkdownSections.add(lines, sections.shortened(extent.leftOut()));
        MarkdownSections.add(lines, sections.problems(outcome.problems()));
        MarkdownSections.add(lines, databases());
        MarkdownSections.add(lines, tables(verdict.tables(), extent));
        MarkdownSections.add(lines, sections.list("Proposed as sensitive", verdict.sensitive()));
        MarkdownSections.add(lines, sections.list("Without an entry", verdict.leftOut()));
        MarkdownSections.add(lines, sections.list("Warnings", outcome.warnings()));
        MarkdownSections.add(lines, sections.list("Facts", outcome.facts()));
        MarkdownSections.add(lines, MarkdownSections.next(verdict.next()));
        MarkdownSections.add(
                lines,
                List.of("<sub>Run " + MarkdownSections.name(outcome.runId()) + ", " + outcome.startedAt() + "</sub>"));
        return String.join("\n", lines) + "\n";
    }

    private List<String> databases() {
        List<String> parts = new ArrayList<>(List.of("Plan " + MarkdownSections.name(outcome.planFile())));
        outcome.source().ifPresent(source -> parts.add("source " + MarkdownSections.name(source)));
        outcome.target().ifPresent(target -> parts.add("target " + MarkdownSections.name(target) + ", catalog only"));
        return List.of(String.join("; ", parts) + ".");
    }

    private static List<String> tables(List<DraftedTable> tables, InitExtent extent) {
        if (tables.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(new MarkdownTable(
                        3,
                        List.of("table", "key", "why", "rows"),
                        tables.stream()
                                .limit(extent.mostTables())
                                .map(t -> row(t, extent))
                                .toList())
                .lines());
        int more = tables.size() - extent.mostTables();
        if (more > 0) {
            lines.addAll(List.of("", "_… and " + Amount.of(more) + " more_"));
        }
        return lines;
    }

    private static List<String> row(DraftedTable table, InitExtent extent) {
        String why =
                table.key().map(KeyCandidate::evidence).or(table::keyReason).orElse("");
        return List.of(
                MarkdownSections.name(table.planName()),
                table.key()
                        .map(key -> MarkdownSections.name(String.join(", ", key.columns())))
                        .orElse("-"),
                MarkdownText.sentence(why, extent.limits().longestText()),
                table.rows().words());
    }
}
