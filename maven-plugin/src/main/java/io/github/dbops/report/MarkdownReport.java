package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sync's outcome for a pull request, in GitHub's Markdown; spec section 5, "Reports". No row's contents are in it
 * unless the plan says so. At most {@value #MOST_CHARACTERS} characters: what does not fit goes in steps, samples first,
 * then details, then the table of counts, and the report says so.
 *
 * @param outcome the outcome
 */
public record MarkdownReport(SyncOutcome outcome) {

    /** GitHub takes 65,536 in a comment; what is left is for its sender's own lines. */
    public static final int MOST_CHARACTERS = 60_000;

    private static final int LONGEST_REASON = 100;

    /** The whole report, ending in a line feed. Its first line is a heading. */
    public String text() {
        return MarkdownSections.fitting(Extent.values(), this::text);
    }

    private String text(Extent extent) {
        MarkdownSections sections = new MarkdownSections("sync", extent.limits());
        List<String> lines = new ArrayList<>();
        lines.add("## dbops sync, " + outcome.execution().word());
        MarkdownSections.add(lines, List.of("**" + new Verdict(outcome).sentence() + "**"));
        MarkdownSections.add(lines, sections.shortened(extent.leftOut()));
        MarkdownSections.add(lines, sections.problems(problems()));
        MarkdownSections.add(lines, databases());
        MarkdownSections.add(lines, counts(extent));
        MarkdownSections.add(lines, protectedTables(extent));
        if (extent.reaches(Extent.NO_SAMPLES)) {
            // Too long already: a lesser extent follows, and there may be thousands of tables to go.
            outcome.tables().stream()
                    .takeWhile(table -> length(lines) <= MOST_CHARACTERS)
                    .forEach(table -> MarkdownSections.add(lines, new MarkdownDetails(outcome, table, extent).lines()));
            MarkdownSections.add(lines, skipped());
        }
        MarkdownSections.add(lines, sections.list("Warnings", outcome.warnings()));
        MarkdownSections.add(lines, sections.list("Facts", outcome.facts()));
        MarkdownSections.add(lines, MarkdownSections.next(new Verdict(outcome).next()));
        MarkdownSections.add(lines, footer());
        return String.join("\n", lines) + "\n";
    }

    private static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    // Examples are rows: a pull request shows them only where the plan says so.
    private List<Problem> problems() {
        return outcome.samples().orElse(SampleDetail.NONE) == SampleDetail.NONE
                ? outcome.problems().stream()
                        .map(p -> p.withExamples(List.of()))
                        .toList()
                : outcome.problems();
    }

    private List<String> databases() {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + MarkdownSections.name(outcome.planFile()));
        outcome.source().ifPresent(source -> lines.add("from " + MarkdownSections.name(source)));
        outcome.target().ifPresent(target -> lines.add("to " + MarkdownSections.name(target)));
        return List.of(String.join(" ", lines));
    }

    private List<String> counts(Extent extent) {
        List<TableOutcome> read =
                outcome.tables().stream().filter(t -> !t.skipped()).toList();
        if (read.isEmpty()) {
            return List.of();
        }
        List<CountColumn> columns = CountColumn.of(outcome);
        List<String> titles = Stream.concat(
                        Stream.of("table", "mode", "policy"), columns.stream().map(CountColumn::title))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        if (extent.reaches(Extent.NO_DETAILS)) {
            read.forEach(table -> rows.add(row(
                    MarkdownSections.name(table.table()),
                    table.mode().word(),
                    policy(table),
                    columns,
                    table.counts())));
        }
        rows.add(row("**total**", "", "", columns, outcome.totals()));
        return new MarkdownTable(3, titles, rows).lines();
    }

    private static List<String> row(String name, String mode, String policy, List<CountColumn> columns, Counts counts) {
        return Stream.concat(Stream.of(name, mode, policy), columns.stream().map(column -> cell(column, counts)))
                .toList();
    }

    private static String cell(CountColumn column, Counts counts) {
        String number = column.text(counts);
        return column.weight() == CountColumn.Weight.STRONG && !"0".equals(number) ? "**" + number + "**" : number;
    }

    // The plan's words have underscores, which are only safe as code.
    private static String policy(TableOutcome table) {
        return table.mode() == Mode.UPSERT ? "`" + table.onConflict().word() + "`" : "";
    }

    private List<String> protectedTables(Extent extent) {
        List<ProtectedFlag> flags = outcome.tables().stream()
                .flatMap(t -> ProtectedFlag.of(t, outcome).stream())
                .toList();
        List<String> lines = new ArrayList<>();
        flags.stream()
                .limit(extent.limits().mostSentences())
                .forEach(f -> lines.add("- Protected " + MarkdownSections.name(f.table()) + " ("
                        + MarkdownSections.name(f.pattern()) + "): " + f.change() + "."));
        MarkdownSections.more(lines, flags.size() - extent.limits().mostSentences());
        return lines;
    }

    private List<String> skipped() {
        List<TableOutcome> skipped =
                outcome.tables().stream().filter(TableOutcome::skipped).toList();
        if (skipped.isEmpty()) {
            return List.of();
        }
        List<String> lines = skipped.stream()
                .map(table -> "- " + MarkdownSections.name(table.table())
                        + (table.reason() == null ? "" : ": " + MarkdownText.sentence(table.reason(), LONGEST_REASON)))
                .toList();
        return MarkdownSections.folded("Skipped: " + Amount.of(skipped.size(), "table"), lines);
    }

    private List<String> footer() {
        String digest = outcome.digest()
                .map(d -> "Digest `" + d.hex() + "`")
                .orElse("No digest: there is no change set to approve.");
        return List.of(
                digest + "<br>",
                "<sub>Run " + MarkdownSections.name(outcome.runId()) + ", " + outcome.startedAt() + "</sub>");
    }
}
