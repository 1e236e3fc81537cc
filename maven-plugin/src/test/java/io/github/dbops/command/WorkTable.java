package io.github.dbops.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Markdown table of counts.
 *
 * @param columns the heads of the columns that hold numbers
 * @param lines the numbers by what the first two columns say
 */
record WorkTable(List<String> columns, Map<String, List<Long>> lines) {

    private static final double TOLERANCE = 0.02;
    private static final int NAMES = 2;

    /** Reads the table in a text. */
    static WorkTable of(String text) {
        List<List<String>> cells = text.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        Map<String, List<Long>> lines = new LinkedHashMap<>();
        for (List<String> line : cells.subList(1, cells.size())) {
            lines.put(
                    String.join(", ", line.subList(0, NAMES)),
                    line.subList(NAMES, line.size()).stream()
                            .map(number -> Long.valueOf(number.replace(",", "")))
                            .toList());
        }
        return new WorkTable(cells.get(0).subList(NAMES, cells.get(0).size()), lines);
    }

    /** What is not as expected, one sentence each. A number so small that 2 % of it is no whole must be the same. */
    List<String> differences(WorkTable expected) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(expected.lines.keySet());
        names.addAll(lines.keySet());
        for (String name : names) {
            List<Long> wanted = expected.lines.getOrDefault(name, List.of());
            List<Long> found = lines.getOrDefault(name, List.of());
            if (wanted.size() != found.size()) {
                differences.add(name + ": " + (found.isEmpty() ? "not measured" : "not expected"));
                continue;
            }
            for (int i = 0; i < found.size(); i++) {
                if (Math.abs(found.get(i) - wanted.get(i)) > wanted.get(i) * TOLERANCE) {
                    differences.add(name + ": " + columns.get(i) + " " + found.get(i) + " instead of " + wanted.get(i));
                }
            }
        }
        return differences;
    }
}
