package io.github.dbops.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text in aligned columns: names to the left, numbers to the right. The first column gives way, shortened in
 * the middle, where the whole does not fit.
 *
 * @param names how many columns, from the left, hold names
 * @param titles headings
 * @param rows as many cells each as there are titles
 */
record TextTable(int names, List<String> titles, List<List<String>> rows) {

    private static final int SHORTEST_NAME = 20;

    /** Title, rule, rows, rule, and the last row as the sum; at most the given width where that is possible. */
    List<String> linesWithTotal(int width) {
        int[] widths = widths();
        int others = IntStream.of(widths).skip(1).sum();
        int gaps = widths.length - 1;
        int gap = widths[0] + others + 2 * gaps <= width ? 2 : 1;
        widths[0] = Math.max(Math.min(widths[0], width - others - gap * gaps), Math.min(widths[0], SHORTEST_NAME));
        String rule = "-".repeat(IntStream.of(widths).sum() + gap * gaps);
        List<String> lines = new ArrayList<>(heading(widths, gap));
        lines.add(rule);
        rows.subList(0, rows.size() - 1).forEach(row -> lines.add(line(row, widths, gap)));
        lines.add(rule);
        lines.add(line(rows.get(rows.size() - 1), widths, gap));
        return lines;
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
