package io.github.dbops.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table whose source is as aligned as what is made of it.
 *
 * @param names how many columns, from the left, hold names; the others hold numbers
 * @param titles headings
 * @param rows as many cells each as there are titles, already Markdown
 */
record MarkdownTable(int names, List<String> titles, List<List<String>> rows) {

    // One long name must not blow up every row.
    private static final int WIDEST_PADDING = 60;

    /** Heading, alignment, rows. */
    List<String> lines() {
        int[] widths = IntStream.range(0, titles.size()).map(this::width).toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(titles, widths));
        lines.add(IntStream.range(0, widths.length)
                .mapToObj(i -> i < names ? " " + "-".repeat(widths[i]) + " " : " " + "-".repeat(widths[i] - 1) + ": ")
                .collect(Collectors.joining("|", "|", "|")));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(Math.max(titles.get(column).length(), 3), Math.min(widest, WIDEST_PADDING));
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> {
                    String cell = cells.get(i);
                    String padding = " ".repeat(Math.max(0, widths[i] - cell.length()));
                    return i < names ? " " + cell + padding + " " : " " + padding + cell + " ";
                })
                .collect(Collectors.joining("|", "|", "|"));
    }
}
