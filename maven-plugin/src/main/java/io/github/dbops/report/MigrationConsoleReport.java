package io.github.dbops.report;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A migrate goal's outcome as lines for Maven's log: plain ASCII but for data, no colours, about 120 columns. Of the
 * migrations that are simply applied the last ten are shown, of all others each. Problems are only named;
 * {@link ProblemText} tells them.
 *
 * @param outcome the outcome
 */
public record MigrationConsoleReport(MigrationOutcome outcome) {

    private static final int WIDTH = ConsoleSections.WIDTH;
    private static final int MOST_APPLIED = 10;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TITLE = 40;

    /** The report, a line each; an empty line parts sections. */
    public List<String> lines() {
        MigrationVerdict verdict = new MigrationVerdict(outcome);
        List<String> lines = new ArrayList<>(Paragraph.lines("", verdict.title() + ": " + verdict.sentence(), WIDTH));
        ConsoleSections.add(lines, header());
        ConsoleSections.add(lines, history());
        ConsoleSections.add(lines, ConsoleSections.list("Notes", notes()));
        ConsoleSections.add(lines, wouldRun());
        ConsoleSections.add(lines, ran());
        outcome.failure().ifPresent(failure -> ConsoleSections.add(lines, failed(failure)));
        ConsoleSections.add(lines, resolved());
        ConsoleSections.add(lines, ConsoleSections.list("Warnings", outcome.warnings()));
        ConsoleSections.add(lines, ConsoleSections.list("Facts", outcome.facts()));
        ConsoleSections.add(lines, ConsoleSections.problems(outcome.problems()));
        ConsoleSections.add(lines, ConsoleSections.next(outcome.problems(), verdict.next()));
        return List.copyOf(lines);
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>();
        outcome.migrations()
                .ifPresent(folder -> lines.addAll(Paragraph.lines(
                        "  Migrations  ",
                        folder
                                + outcome.engine()
                                        .map(e -> " (" + e.title() + ")")
                                        .orElse(""),
                        WIDTH)));
        outcome.target().ifPresent(target -> lines.addAll(Paragraph.lines("  Database    ", target, WIDTH)));
        outcome.latest()
                .map(h -> h.table().orElse("none yet"))
                .ifPresent(table -> lines.addAll(Paragraph.lines("  History     ", table, WIDTH)));
        outcome.digest().ifPresent(digest -> lines.add("  Digest      " + digest.hex()));
        lines.addAll(Paragraph.lines("  Run         ", outcome.runId(), WIDTH));
        return lines;
    }

    private List<Migration> migrations() {
        return outcome.latest().map(History::migrations).orElse(List.of());
    }

    private List<String> history() {
        MigrationSelection selection = MigrationSelection.of(migrations(), MOST_APPLIED);
        if (selection.shown().isEmpty()) {
            return List.of();
        }
        List<MigrationColumn> columns = MigrationColumn.of(selection.shown());
        List<List<String>> rows = selection.shown().stream()
                .map(m -> columns.stream().map(c -> cell(c, m)).toList())
                .toList();
        List<String> lines = new ArrayList<>(table(titles(columns), rows));
        if (selection.earlier() > 0) {
            // Where they would be: below titles and rule, before the first of their kind.
            lines.add(2 + selection.firstSimple(), "... and " + Amount.of(selection.earlier()) + " earlier applied");
        }
        return lines;
    }

    private static List<String> titles(List<MigrationColumn> columns) {
        return columns.stream().map(MigrationColumn::title).toList();
    }

    private static String cell(MigrationColumn column, Migration migration) {
        int longest = column.title().equals("Migration") ? LONGEST_NAME : LONGEST_TITLE;
        return Visible.shortened(column.cell(migration), longest);
    }

    private static List<String> table(List<String> titles, List<List<String>> rows) {
        return new TextTable(titles.size(), titles.indexOf("Migration"), titles, rows).lines(WIDTH);
    }

    private List<String> notes() {
        return migrations().stream()
                .flatMap(m -> m.notes().stream().map(note -> named(m.name(), note)))
                .toList();
    }

    private static String named(String migration, String note) {
        return Visible.shortened(migration, LONGEST_NAME) + ": " + Visible.middle(note, ConsoleSections.LONGEST_TEXT);
    }

    private List<String> wouldRun() {
        List<Migration> pending = outcome.latest().map(History::pending).orElse(List.of());
        boolean dryRun = outcome.goal() == MigrationGoal.DEPLOY && outcome.result() == MigrationOutcome.Result.PENDING;
        if (!dryRun || pending.isEmpty()) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of("Would run, in this order"),
                        IntStream.range(0, pending.size())
                                .mapToObj(i -> "%5d  %s".formatted(i + 1, place(pending.get(i)))))
                .toList();
    }

    private static String place(Migration migration) {
        return Visible.shortened(migration.file().orElse(migration.name()), LONGEST_NAME);
    }

    private List<String> ran() {
        if (outcome.steps().isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = outcome.steps().stream()
                .map(s -> List.of(
                        Visible.shortened(s.migration(), LONGEST_NAME),
                        Took.of(s.took()),
                        s.manner().word()))
                .toList();
        List<String> lines = new ArrayList<>(List.of("Ran"));
        lines.addAll(table(List.of("Migration", "Took", "How"), rows));
        for (Deployment.Step step : outcome.steps()) {
            step.notes().forEach(note -> lines.addAll(Paragraph.lines("  - ", named(step.migration(), note), WIDTH)));
        }
        return lines;
    }

    private static List<String> failed(MigrationFailure failure) {
        List<String> lines =
                new ArrayList<>(List.of("Failed: " + Visible.shortened(failure.migration(), LONGEST_NAME)));
        for (FailureLine line : FailureLine.of(failure)) {
            String lead = "  %-11s".formatted(line.label());
            lines.addAll(Paragraph.lines(lead, Visible.middle(line.text(), ConsoleSections.LONGEST_TEXT), WIDTH));
        }
        return lines;
    }

    private List<String> resolved() {
        List<Resolution> resolutions = outcome.resolutions();
        if (resolutions.isEmpty()) {
            return List.of();
        }
        List<ResolutionRow> rows = ResolutionRow.of(resolutions, outcome.execution());
        List<MigrationColumn> columns =
                MigrationColumn.of(rows.stream().map(ResolutionRow::migration).toList());
        List<List<String>> cells = rows.stream()
                .map(row -> Stream.concat(
                                Stream.of(row.when()), columns.stream().map(c -> cell(c, row.migration())))
                        .toList())
                .toList();
        List<String> lines = new ArrayList<>(List.of("Record"));
        lines.addAll(
                table(Stream.concat(Stream.of(""), titles(columns).stream()).toList(), cells));
        return lines;
    }
}
