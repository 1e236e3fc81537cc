package io.github.dbops.report;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of one table, folded.
 *
 * @param outcome the whole
 * @param table one of its tables
 * @param extent how much the report tells
 */
record MarkdownDetails(SyncOutcome outcome, TableOutcome table, Extent extent) {

    private static final int LONGEST_VALUE = 120;

    /** A folded section; nothing at all where there are neither notes nor samples that may be shown. */
    List<String> lines() {
        List<String> content = new ArrayList<>();
        table.remarks().stream()
                .limit(extent.limits().mostSentences())
                .forEach(note -> content.add(
                        "- " + MarkdownText.sentence(note, extent.limits().longestText())));
        List<String> samples = samples();
        if (!content.isEmpty() && !samples.isEmpty()) {
            content.add("");
        }
        content.addAll(samples);
        if (content.isEmpty()) {
            return List.of();
        }
        return MarkdownSections.folded(summary(), content);
    }

    // Markdown is not read inside of a summary.
    private String summary() {
        Counts counts = table.counts();
        List<String> parts = new ArrayList<>();
        add(parts, counts.toInsert(), "to insert");
        add(parts, counts.toUpdate(), "to update");
        add(parts, counts.blocked(), "blocked");
        String name = MarkdownText.html(table.table(), LONGEST_VALUE);
        return parts.isEmpty() ? name : name + ": " + String.join(", ", parts);
    }

    private static void add(List<String> parts, long number, String words) {
        if (number > 0) {
            parts.add(Amount.of(number) + " " + words);
        }
    }

    private List<String> samples() {
        SampleDetail detail = outcome.samples().orElse(SampleDetail.NONE);
        if (detail == SampleDetail.NONE
                || !extent.reaches(Extent.EVERYTHING)
                || table.samples().isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Sample sample : FewSamples.of(table)) {
            rows.addAll(detail == SampleDetail.VALUES ? cells(sample) : List.of(head(sample)));
        }
        List<String> titles = detail == SampleDetail.VALUES
                ? List.of("row", "key", "column", "target now", "from the source")
                : List.of("row", "key");
        return new MarkdownTable(titles.size(), titles, rows).lines();
    }

    private static List<String> head(Sample sample) {
        String key = MarkdownText.code(SampleText.key(sample, LONGEST_VALUE), 3 * LONGEST_VALUE);
        String missing = sample.missing();
        return List.of(
                sample.kind().word(),
                missing == null ? key : key + " misses " + MarkdownText.code(missing, 3 * LONGEST_VALUE));
    }

    // The row's name stands once, beside its first cell.
    private static List<List<String>> cells(Sample sample) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = head(sample);
        for (Sample.Change cell : SampleText.beside(sample)) {
            String before = sample.kind() == Sample.Kind.INSERT ? "" : value(cell.before());
            rows.add(List.of(
                    rows.isEmpty() ? head.get(0) : "",
                    rows.isEmpty() ? head.get(1) : "",
                    MarkdownText.code(cell.column(), LONGEST_VALUE),
                    before,
                    value(cell.after())));
        }
        return rows.isEmpty() ? List.of(List.of(head.get(0), head.get(1), "", "", "")) : rows;
    }

    private static String value(@Nullable String value) {
        return value == null ? "_NULL_" : MarkdownText.code(value.isEmpty() ? "''" : value, LONGEST_VALUE);
    }
}
