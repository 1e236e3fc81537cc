package io.github.dbops.report;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sync's outcome as lines for Maven's log: plain ASCII but for data, no colours, about 120 columns. Keys of a few
 * rows are shown unless the plan says otherwise. Problems are only named; {@link ProblemText} tells them.
 *
 * @param outcome the outcome
 */
public record ConsoleReport(SyncOutcome outcome) {

    private static final int WIDTH = ConsoleSections.WIDTH;
    private static final int LONGEST_VALUE = 60;
    private static final int MOST_SKIPPED = 20;

    /** The report, a line each; an empty line parts sections. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.addAll(Paragraph.lines("", title(), WIDTH));
        ConsoleSections.add(lines, header());
        ConsoleSections.add(lines, counts());
        ConsoleSections.add(lines, skipped());
        ConsoleSections.add(lines, protectedTables());
        for (TableOutcome table : outcome.tables()) {
            ConsoleSections.add(lines, details(table));
        }
        ConsoleSections.add(lines, ConsoleSections.list("Warnings", outcome.warnings()));
        ConsoleSections.add(lines, ConsoleSections.list("Facts", outcome.facts()));
        ConsoleSections.add(lines, ConsoleSections.problems(outcome.problems()));
        ConsoleSections.add(lines, ConsoleSections.next(outcome.problems(), new Verdict(outcome).next()));
        return List.copyOf(lines);
    }

    private String title() {
        return "dbops sync, " + outcome.execution().word() + ": " + new Verdict(outcome).sentence();
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>(Paragraph.lines("  Plan    ", outcome.planFile(), WIDTH));
        outcome.source().ifPresent(source -> lines.addAll(Paragraph.lines("  Source  ", source, WIDTH)));
        outcome.target().ifPresent(target -> lines.addAll(Paragraph.lines("  Target  ", target, WIDTH)));
        if (!schema().isEmpty()) {
            lines.addAll(Paragraph.lines("  Schema  ", schema(), WIDTH));
        }
        outcome.digest().ifPresent(digest -> lines.add("  Digest  " + digest.hex()));
        lines.addAll(Paragraph.lines("  Run     ", outcome.runId(), WIDTH));
        return lines;
    }

    private List<String> counts() {
        List<TableOutcome> read = read();
        if (read.isEmpty()) {
            return List.of();
        }
        List<CountColumn> columns = CountColumn.of(outcome);
        List<String> titles = Stream.concat(
                        Stream.of("Table", "Mode", "Policy"), columns.stream().map(CountColumn::title))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (TableOutcome table : read) {
            String name = table.table().substring(schema().isEmpty() ? 0 : schema().length() + 1);
            rows.add(row(Visible.of(name), table.mode().word(), policy(table), columns, table.counts()));
        }
        rows.add(row("Total", "", "", columns, outcome.totals()));
        return new TextTable(3, 0, titles, rows).linesWithTotal(WIDTH);
    }

    private List<TableOutcome> read() {
        return outcome.tables().stream().filter(t -> !t.skipped()).toList();
    }

    // The schema that all tables are in, said once instead of in every row; empty where they are in several.
    private String schema() {
        List<String> schemas = read().stream()
                .map(t -> t.table().substring(0, Math.max(0, t.table().indexOf('.'))))
                .distinct()
                .toList();
        return schemas.size() == 1 ? schemas.get(0) : "";
    }

    private static List<String> row(String name, String mode, String policy, List<CountColumn> columns, Counts counts) {
        return Stream.concat(Stream.of(name, mode, policy), columns.stream().map(c -> c.text(counts)))
                .toList();
    }

    // Only an upsert asks who wins.
    private static String policy(TableOutcome table) {
        return table.mode() == Mode.UPSERT ? table.onConflict().word() : "-";
    }

    private List<String> skipped() {
        List<String> lines = new ArrayList<>();
        List<TableOutcome> skipped =
                outcome.tables().stream().filter(TableOutcome::skipped).toList();
        if (!skipped.isEmpty()) {
            lines.add("Skipped");
        }
        for (TableOutcome table : skipped.subList(0, Math.min(skipped.size(), MOST_SKIPPED))) {
            String reason = table.reason() == null ? "" : ": " + table.reason();
            lines.addAll(Paragraph.lines("  - ", table.table() + reason, WIDTH));
        }
        if (skipped.size() > MOST_SKIPPED) {
            lines.add("  - and " + Amount.of(skipped.size() - MOST_SKIPPED) + " more");
        }
        return lines;
    }

    private List<String> protectedTables() {
        List<String> flags = outcome.tables().stream()
                .flatMap(t -> ProtectedFlag.of(t, outcome).stream())
                .map(ProtectedFlag::sentence)
                .toList();
        return ConsoleSections.list("Protected tables", flags);
    }

    private List<String> details(TableOutcome table) {
        List<String> lines = new ArrayList<>();
        SampleDetail detail = outcome.samples().orElse(SampleDetail.KEYS);
        if (detail != SampleDetail.NONE) {
            for (Sample sample : FewSamples.of(table)) {
                String lead = "  %-10s".formatted(sample.kind().word());
                lines.addAll(Paragraph.lines(lead, SampleText.of(sample, detail, LONGEST_VALUE), WIDTH));
            }
        }
        table.remarks().forEach(note -> lines.addAll(Paragraph.lines("  note      ", note, WIDTH)));
        if (!lines.isEmpty()) {
            lines.add(0, Visible.shortened(table.table(), WIDTH));
        }
        return lines;
    }
}
