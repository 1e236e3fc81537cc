package io.github.dbops.report;

import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A sampled row on one line: {@code slug=hats  title: Hats -> 'Hats & caps'}. */
final class SampleText {

    private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}_.:/@+*-]+");

    private SampleText() {}

    /** As much of the row as the detail allows, each value of at most the given number of characters. */
    static String of(Sample sample, SampleDetail detail, int longest) {
        String key = key(sample, longest)
                + (sample.missing() == null ? "" : " misses " + Visible.shortened(sample.missing(), 2 * longest));
        List<Sample.Change> cells = beside(sample);
        if (detail != SampleDetail.VALUES || cells.isEmpty()) {
            return key;
        }
        return key + ": "
                + cells.stream().map(cell -> cell(sample.kind(), cell, longest)).collect(Collectors.joining(", "));
    }

    /** The key's columns and values. */
    static String key(Sample sample, int longest) {
        return sample.key().stream()
                .map(cell -> Visible.shortened(cell.column(), longest) + "=" + value(cell.value(), longest))
                .collect(Collectors.joining(", "));
    }

    /** The row's cells without those that the key shows already. */
    static List<Sample.Change> beside(Sample sample) {
        Set<String> key = sample.key().stream().map(Sample.Cell::column).collect(Collectors.toSet());
        return sample.cells().stream()
                .filter(cell -> !key.contains(cell.column()))
                .toList();
    }

    /** A value as it stands in a line: quoted unless it is one plain word; SQL NULL as {@code NULL}. */
    static String value(@Nullable String value, int longest) {
        if (value == null) {
            return "NULL";
        }
        String shown = Visible.shortened(value, longest);
        return BARE.matcher(shown).matches() && !"NULL".equals(shown) ? shown : "'" + shown.replace("'", "''") + "'";
    }

    // An arrow says that something changes: a conflict's value stays, and the source's is only told.
    private static String cell(Sample.Kind kind, Sample.Change cell, int longest) {
        String column = Visible.shortened(cell.column(), longest);
        String before = value(cell.before(), longest);
        String after = value(cell.after(), longest);
        return switch (kind) {
            case INSERT -> column + "=" + after;
            case CONFLICT -> column + " stays " + before + " (source: " + after + ")";
            default -> column + " " + before + " -> " + after;
        };
    }
}
