package io.github.dbops.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text in aligned columns: names to the left, numbers to the right. One column gives way, shortened in the
 * middle, where the whole does not fit.
 *
 * @param names how many columns, from the left, hold names
 * @param yielding the column that gives way, from 0
 * @param titles headings
 * @param rows as many cells each as there are titles
 */
record TextTable(int names, int yielding, List<String> titles, List<List<String>> rows) {

    private static final int SHORTEST_NAME = 20;

    /** Title, rule, rows; at most the given width where that is possible. */
    List<String> lines(int width) {
        int gap = gap(width);
        int[] widths = widths(width, gap);
        List<String> lines = new ArrayList<>(heading(widths, gap));
        lines.add(rule(widths, gap));
        rows.forEach(row -> lines.add(line(row, widths, gap)));
        return lines;
    }

    /** The same with the last row below a rule of its own, as the sum. */
    List<String> linesWithTotal(int width) {
        List<String> lines = new ArrayList<>(lines(width));
        int gap = gap(width);
        lines.add(lines.size() - 1, rule(widths(width, gap), gap));
        return lines;
    }

    private int gap(int width) {
        return IntStream.of(widths()).sum() + 2 * (titles.size() - 1) <= width ? 2 : 1;
    }

    private int[] widths(int width, int gap) {
        int[] widths = widths();
        int others = IntStream.of(widths).sum() - widths[yielding] + gap * (widths.length - 1);
        widths[yielding] =
                Math.max(Math.min(widths[yielding], width - others), Math.min(widths[yielding], SHORTEST_NAME));
        return widths;
    }

    private static String rule(int[] widths, int gap) {
        return "-".repeat(IntStream.of(widths).sum() + gap * (widths.length - 1));
    }

    // A title of several words stands on two lines: "only in" over "target".
    private List<String> heading(int[] widths, int gap) {
        List<String> upper = titles.stream()
                .map(t -> t.contains(" ") ? t.substring(0, t.lastIndexOf(' ')) : "")
                .toList();
        List<String> lower =
                titles.stream().map(t -> t.substring(t.lastIndexOf(' ') + 1)).toList();
        List<String> lines = new ArrayList<>();
        if (!upper.stream().allMatch(String::isEmpty)) {
            lines.add(line(upper, widths, gap));
        }
        lines.add(line(lower, widths, gap));
        return lines;
    }

    private int[] widths() {
        return IntStream.range(0, titles.size())
                .map(column -> Math.max(titleWidth(titles.get(column)), widest(column)))
                .toArray();
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static int titleWidth(String title) {
        int space = title.lastIndexOf(' ');
        return Math.max(space, title.length() - space - 1);
    }

    private String line(List<String> cells, int[] widths, int gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = Visible.middle(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : " ".repeat(gap)).append(i < names ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }
}
