package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** What the console reports of all goals are made of. */
final class ConsoleSections {

    /** Columns of a line. */
    static final int WIDTH = 118;

    /** Characters of a sentence; data may be of any length. */
    static final int LONGEST_TEXT = 2_000;

    private static final int MOST_PROBLEMS = 5;

    private ConsoleSections() {}

    /** Adds a section below an empty line; nothing where it is empty. */
    static void add(List<String> lines, List<String> section) {
        if (!section.isEmpty()) {
            lines.add("");
            lines.addAll(section);
        }
    }

    /** Sentences below a title; nothing where there are none. */
    static List<String> list(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(title));
        sentences.forEach(
                sentence -> lines.addAll(Paragraph.lines("  - ", Visible.middle(sentence, LONGEST_TEXT), WIDTH)));
        return lines;
    }

    /** The first problems' names; {@link ProblemText} tells them. */
    static List<String> problems(List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        problems.stream()
                .limit(MOST_PROBLEMS)
                .forEach(p -> lines.addAll(
                        Paragraph.lines(p.code().id() + "  ", Visible.middle(p.what(), LONGEST_TEXT), WIDTH)));
        if (problems.size() > MOST_PROBLEMS) {
            lines.add("and " + Amount.of(problems.size() - MOST_PROBLEMS) + " more");
        }
        return lines;
    }

    /** What to do next: with the problems where there are any, else the steps, else that there is nothing. */
    static List<String> next(List<Problem> problems, List<String> steps) {
        if (!problems.isEmpty()) {
            return List.of("What to do next is said with each problem, below.");
        }
        // Not wrapped: a command must survive being copied.
        return steps.isEmpty()
                ? List.of("Nothing is left to do.")
                : steps.stream().map(s -> Visible.shortened(s, LONGEST_TEXT)).toList();
    }
}
