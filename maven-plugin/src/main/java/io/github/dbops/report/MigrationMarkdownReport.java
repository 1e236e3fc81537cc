package io.github.dbops.report;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A migrate goal's outcome for a pull request, in GitHub's Markdown. PostgreSQL's messages are in it whole, DETAIL and
 * HINT too: only sync, which carries rows, cuts them. At most {@value MarkdownReport#MOST_CHARACTERS} characters: what
 * does not fit goes in steps, applied migrations first, then others, and the report says so.
 *
 * @param outcome the outcome
 */
public record MigrationMarkdownReport(MigrationOutcome outcome) {

    /** The whole report, ending in a line feed. Its first line is a heading. */
    public String text() {
        return MarkdownSections.fitting(MigrationExtent.values(), this::text);
    }

    private String text(MigrationExtent extent) {
        MigrationVerdict verdict = new MigrationVerdict(outcome);
        MarkdownSections sections = new MarkdownSections(outcome.goal().word(), extent.limits());
        List<String> lines = new ArrayList<>();
        lines.add("## " + verdict.title());
        MarkdownSections.add(lines, List.of("**" + verdict.sentence() + "**"));
        MarkdownSections.add(lines, sections.shortened(extent.leftOut()));
        MarkdownSections.add(lines, sections.problems(outcome.problems()));
        outcome.failure().ifPresent(failure -> MarkdownSections.add(lines, failed(failure, extent)));
        MarkdownSections.add(lines, databases());
        MarkdownSections.add(lines, ran(extent));
        MarkdownSections.add(lines, resolved(extent));
        MarkdownSections.add(lines, migrations("### Migrations", others(), extent.mostOthers()));
        MarkdownSections.add(lines, notes(extent));
        MarkdownSections.add(lines, applied(extent));
        MarkdownSections.add(lines, sections.list("Warnings", outcome.warnings()));
        MarkdownSections.add(lines, sections.list("Facts", outcome.facts()));
        MarkdownSections.add(lines, MarkdownSections.next(verdict.next()));
        MarkdownSections.add(lines, footer());
        return String.join("\n", lines) + "\n";
    }

    private List<String> failed(MigrationFailure failure, MigrationExtent extent) {
        List<String> lines = new ArrayList<>(List.of("### Failed: " + MarkdownSections.name(failure.migration()), ""));
        for (FailureLine line : FailureLine.of(failure)) {
            int longest = 2 * extent.limits().longestText();
            lines.add("- " + line.label() + ": "
                    + (line.kind() == FailureLine.Kind.QUOTED ? MarkdownText.code(line.text(), longest) : line.text()));
        }
        return lines;
    }

    private List<String> databases() {
        List<String> parts = new ArrayList<>();
        outcome.migrations()
                .ifPresent(folder -> parts.add(outcome.engine()
                                .map(e -> e.title() + "'s migrations in ")
                                .orElse("Migrations in ")
                        + MarkdownSections.name(folder)));
        outcome.target().ifPresent(target -> parts.add("database " + MarkdownSections.name(target)));
        outcome.latest()
                .flatMap(History::table)
                .ifPresent(table -> parts.add("history in " + MarkdownSections.name(table)));
        if (outcome.latest().isPresent() && outcome.goal() != MigrationGoal.STATUS) {
            parts.add(new MigrationVerdict(outcome).counts());
        }
        return parts.isEmpty() ? List.of() : List.of(String.join("; ", parts) + ".");
    }

    private List<String> ran(MigrationExtent extent) {
        if (outcome.steps().isEmpty()) {
            return List.of();
        }
        List<Deployment.Step> shown =
                outcome.steps().stream().limit(extent.mostOthers()).toList();
        List<String> lines = new ArrayList<>(List.of("### Ran", ""));
        lines.addAll(new MarkdownTable(
                        3,
                        List.of("migration", "took", "how"),
                        shown.stream()
                                .map(s -> List.of(
                                        MarkdownSections.name(s.migration()),
                                        Took.of(s.took()),
                                        s.manner().word()))
                                .toList())
                .lines());
        List<String> notes = new ArrayList<>();
        shown.forEach(s -> s.notes().forEach(note -> notes.add(note(s.migration(), note, extent))));
        addSome(lines, notes, extent.limits().mostSentences());
        more(lines, outcome.steps().size() - shown.size());
        return lines;
    }

    private List<String> resolved(MigrationExtent extent) {
        if (outcome.resolutions().isEmpty()) {
            return List.of();
        }
        List<ResolutionRow> rows = ResolutionRow.of(outcome.resolutions(), outcome.execution());
        List<ResolutionRow> shown =
                rows.stream().limit(2L * extent.mostOthers()).toList();
        List<MigrationColumn> columns =
                MigrationColumn.of(shown.stream().map(ResolutionRow::migration).toList());
        List<String> lines = new ArrayList<>(List.of("### Record", ""));
        lines.addAll(new MarkdownTable(
                        columns.size() + 1,
                        Stream.concat(Stream.of(""), titles(columns)).toList(),
                        shown.stream()
                                .map(row -> Stream.concat(Stream.of(row.when()), cells(columns, row.migration()))
                                        .toList())
                                .toList())
                .lines());
        more(lines, (rows.size() - shown.size() + 1) / 2);
        return lines;
    }

    private List<Migration> others() {
        return all().stream().filter(m -> !MigrationSelection.simple(m)).toList();
    }

    private List<Migration> all() {
        return outcome.latest().map(History::migrations).orElse(List.of());
    }

    private static List<String> migrations(String heading, List<Migration> migrations, int most) {
        List<Migration> shown = migrations.stream().limit(most).toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        List<MigrationColumn> columns = MigrationColumn.of(shown);
        List<String> lines = new ArrayList<>(heading.isEmpty() ? List.of() : List.of(heading, ""));
        lines.addAll(new MarkdownTable(
                        columns.size(),
                        titles(columns).toList(),
                        shown.stream().map(m -> cells(columns, m).toList()).toList())
                .lines());
        more(lines, migrations.size() - shown.size());
        return lines;
    }

    private static Stream<String> titles(List<MigrationColumn> columns) {
        return columns.stream().map(column -> column.title().toLowerCase(java.util.Locale.ROOT));
    }

    private static Stream<String> cells(List<MigrationColumn> columns, Migration migration) {
        return columns.stream().map(column -> {
            String cell = column.cell(migration);
            return column.kind() == MigrationColumn.Kind.NAME && !cell.equals("-") ? MarkdownSections.name(cell) : cell;
        });
    }

    private List<String> notes(MigrationExtent extent) {
        List<String> notes = new ArrayList<>();
        all().forEach(m -> m.notes().forEach(note -> notes.add(note(m.name(), note, extent))));
        List<String> lines = new ArrayList<>();
        addSome(lines, notes, extent.limits().mostSentences());
        return lines;
    }

    private static String note(String migration, String note, MigrationExtent extent) {
        return "- " + MarkdownSections.name(migration) + ": "
                + MarkdownText.sentence(note, extent.limits().longestText());
    }

    private static void addSome(List<String> lines, List<String> notes, int most) {
        if (!notes.isEmpty() && !lines.isEmpty()) {
            lines.add("");
        }
        notes.stream().limit(most).forEach(lines::add);
        MarkdownSections.more(lines, notes.size() - most);
    }

    private List<String> applied(MigrationExtent extent) {
        MigrationSelection selection = MigrationSelection.of(all(), extent.mostApplied());
        List<Migration> simple =
                selection.shown().stream().filter(MigrationSelection::simple).toList();
        if (simple.isEmpty()) {
            return List.of();
        }
        String summary = selection.earlier() == 0
                ? Amount.of(simple.size()) + " applied"
                : "the last " + Amount.of(simple.size()) + " of "
                        + Amount.of(simple.size() + (long) selection.earlier()) + " applied";
        return MarkdownSections.folded(summary, migrations("", simple, simple.size()));
    }

    private static void more(List<String> lines, int more) {
        if (more > 0) {
            lines.addAll(List.of("", "_… and " + Amount.of(more) + " more_"));
        }
    }

    private List<String> footer() {
        List<String> lines = new ArrayList<>();
        outcome.digest().ifPresent(digest -> lines.add("Digest `" + digest.hex() + "`<br>"));
        lines.add("<sub>Run " + MarkdownSections.name(outcome.runId()) + ", " + outcome.startedAt() + "</sub>");
        return lines;
    }
}
