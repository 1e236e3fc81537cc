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

    private static final int LONGEST_NAME = 100;

    // Own words with a whole digest.
    private static final int LONGEST_STEP = 300;

    /** The whole report, ending in a line feed. Its first line is a heading. */
    public String text() {
        return Stream.of(Extent.values())
                .map(this::text)
                .filter(text -> text.length() <= MOST_CHARACTERS)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the least report is too long"));
    }

    private String text(Extent extent) {
        List<String> lines = new ArrayList<>();
        lines.add("## dbops sync, " + outcome.execution().word());
        section(lines, List.of("**" + new Verdict(outcome).sentence() + "**"));
        section(lines, shortened(extent));
        section(lines, problems(extent));
        section(lines, databases());
        section(lines, counts(extent));
        section(lines, protectedTables(extent));
        if (extent.reaches(Extent.NO_SAMPLES)) {
            // Too long already: a lesser extent follows, and there may be thousands of tables to go.
            outcome.tables().stream()
                    .takeWhile(table -> length(lines) <= MOST_CHARACTERS)
                    .forEach(table -> section(lines, new MarkdownDetails(outcome, table, extent).lines()));
            section(lines, skipped());
        }
        section(lines, list("Warnings", outcome.warnings(), extent));
        section(lines, list("Facts", outcome.facts(), extent));
        section(lines, next());
        section(lines, footer());
        return String.join("\n", lines) + "\n";
    }

    private static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    private static void section(List<String> lines, List<String> section) {
        if (!section.isEmpty()) {
            lines.add("");
            lines.addAll(section);
        }
    }

    private static List<String> shortened(Extent extent) {
        return extent.leftOut().isEmpty()
                ? List.of()
                : List.of("_Shortened to fit a comment: " + extent.leftOut()
                        + " left out. `sync-report.json` has everything._");
    }

    private List<String> problems(Extent extent) {
        List<Problem> all = ProblemText.sayingStateOnce(outcome.problems());
        List<Problem> shown = all.subList(0, Math.min(all.size(), extent.mostProblems()));
        List<String> lines = new ArrayList<>();
        shown.forEach(problem -> {
            lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
            lines.addAll(problem(problem, extent));
        });
        if (all.size() > shown.size()) {
            lines.add("");
            lines.add("_… and " + Amount.of(all.size() - shown.size()) + " more; `sync-report.json` has all._");
        }
        return lines;
    }

    private List<String> problem(Problem problem, Extent extent) {
        int longest = extent.longestText();
        List<String> lines = new ArrayList<>();
        lines.add("> **`" + problem.code().id() + "`** " + MarkdownText.sentence(problem.what(), longest));
        lines.add(">");
        problem.code().prismaCode().ifPresent(code -> lines.add("> - Prisma: `" + code + "`"));
        problem.place().ifPresent(place -> lines.add("> - Where: " + MarkdownText.code(place, longest)));
        lines.add("> - Why: " + MarkdownText.sentence(problem.why(), longest));
        if (outcome.samples().orElse(SampleDetail.NONE) != SampleDetail.NONE) {
            problem.examples().stream()
                    .limit(extent.mostSentences())
                    .forEach(row -> lines.add("> - Row: " + MarkdownText.code(row, longest)));
        }
        if (problem.state() != null) {
            lines.add("> - State: " + MarkdownText.sentence(problem.state(), longest));
        }
        problem.next().stream()
                .limit(extent.mostSentences())
                .forEach(step -> lines.add("> - Next: " + MarkdownText.step(step, longest)));
        return lines;
    }

    private List<String> databases() {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + name(outcome.planFile()));
        outcome.source().ifPresent(source -> lines.add("from " + name(source)));
        outcome.target().ifPresent(target -> lines.add("to " + name(target)));
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
            read.forEach(table ->
                    rows.add(row(name(table.table()), table.mode().word(), policy(table), columns, table.counts())));
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
                .limit(extent.mostSentences())
                .forEach(f -> lines.add(
                        "- Protected " + name(f.table()) + " (" + name(f.pattern()) + "): " + f.change() + "."));
        more(lines, flags.size() - extent.mostSentences());
        return lines;
    }

    private List<String> skipped() {
        List<TableOutcome> skipped =
                outcome.tables().stream().filter(TableOutcome::skipped).toList();
        if (skipped.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("<details><summary>Skipped: " + Amount.of(skipped.size(), "table") + "</summary>");
        lines.add("");
        skipped.forEach(table -> lines.add("- " + name(table.table())
                + (table.reason() == null ? "" : ": " + MarkdownText.sentence(table.reason(), LONGEST_NAME))));
        lines.add("");
        lines.add("</details>");
        return lines;
    }

    private static List<String> list(String title, List<String> sentences, Extent extent) {
        if (sentences.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("### " + title, ""));
        sentences.stream()
                .limit(extent.mostSentences())
                .forEach(sentence -> lines.add("- " + MarkdownText.sentence(sentence, extent.longestText())));
        more(lines, sentences.size() - extent.mostSentences());
        return lines;
    }

    private static void more(List<String> lines, int more) {
        if (more > 0) {
            lines.add("- _… and " + Amount.of(more) + " more_");
        }
    }

    private List<String> next() {
        List<String> steps = new Verdict(outcome).next();
        List<String> lines = new ArrayList<>(steps.isEmpty() ? List.of() : List.of("### Next", ""));
        steps.forEach(step -> lines.add("- " + MarkdownText.step(step, LONGEST_STEP)));
        return lines;
    }

    private List<String> footer() {
        String digest = outcome.digest()
                .map(d -> "Digest `" + d.hex() + "`")
                .orElse("No digest: there is no change set to approve.");
        return List.of(digest + "<br>", "<sub>Run " + name(outcome.runId()) + ", " + outcome.startedAt() + "</sub>");
    }

    private static String name(String name) {
        return MarkdownText.code(name, LONGEST_NAME);
    }
}
