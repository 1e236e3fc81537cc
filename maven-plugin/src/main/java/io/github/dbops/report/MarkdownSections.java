package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the Markdown reports of all goals are made of.
 *
 * @param goal the goal's name, and its JSON report's
 * @param limits how much is shown
 */
record MarkdownSections(String goal, MarkdownLimits limits) {

    private static final int LONGEST_NAME = 100;

    // Own words with a whole digest, or with names of migrations: half a command would be of no use.
    private static final int LONGEST_STEP = 600;

    /** The first of some texts, each shorter than the one before, that fits into {@link MarkdownReport#MOST_CHARACTERS}. */
    static <E extends Enum<E>> String fitting(E[] extents, Function<E, String> text) {
        return Stream.of(extents)
                .map(text)
                .filter(t -> t.length() <= MarkdownReport.MOST_CHARACTERS)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the least report is too long"));
    }

    /** Adds a section below an empty line; nothing where it is empty. */
    static void add(List<String> lines, List<String> section) {
        if (!section.isEmpty()) {
            lines.add("");
            lines.addAll(section);
        }
    }

    /** A section that is folded until its reader opens it. */
    static List<String> folded(String summary, List<String> content) {
        List<String> lines = new ArrayList<>(List.of("<details><summary>" + summary + "</summary>", ""));
        lines.addAll(content);
        lines.addAll(List.of("", "</details>"));
        return lines;
    }

    /** A name as code. */
    static String name(String name) {
        return MarkdownText.code(name, LONGEST_NAME);
    }

    /** Says that something is missing; nothing where nothing is. */
    List<String> shortened(String leftOut) {
        return leftOut.isEmpty()
                ? List.of()
                : List.of("_Shortened to fit a comment: " + leftOut + " left out. `" + json() + "` has everything._");
    }

    /** Problems as quotations, each without its examples where they may not be shown. */
    List<String> problems(List<Problem> problems) {
        List<Problem> all = ProblemText.sayingStateOnce(problems);
        List<Problem> shown = all.subList(0, Math.min(all.size(), limits.mostProblems()));
        List<String> lines = new ArrayList<>();
        shown.forEach(problem -> {
            lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
            lines.addAll(problem(problem));
        });
        if (all.size() > shown.size()) {
            lines.add("");
            lines.add("_… and " + Amount.of(all.size() - shown.size()) + " more; `" + json() + "` has all._");
        }
        return lines;
    }

    /** Sentences below a heading; nothing where there are none. */
    List<String> list(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("### " + title, ""));
        sentences.stream()
                .limit(limits.mostSentences())
                .forEach(sentence -> lines.add("- " + MarkdownText.sentence(sentence, limits.longestText())));
        more(lines, sentences.size() - limits.mostSentences());
        return lines;
    }

    /** Steps to take, below a heading; nothing where there are none. */
    static List<String> next(List<String> steps) {
        List<String> lines = new ArrayList<>(steps.isEmpty() ? List.of() : List.of("### Next", ""));
        steps.forEach(step -> lines.add("- " + MarkdownText.step(step, LONGEST_STEP)));
        return lines;
    }

    /** Says how many of a list are not shown. */
    static void more(List<String> lines, int more) {
        if (more > 0) {
            lines.add("- _… and " + Amount.of(more) + " more_");
        }
    }

    private String json() {
        return goal + "-report.json";
    }

    private List<String> problem(Problem problem) {
        int longest = limits.longestText();
        List<String> lines = new ArrayList<>();
        lines.add("> **`" + problem.code().id() + "`** " + MarkdownText.sentence(problem.what(), longest));
        lines.add(">");
        problem.code().prismaCode().ifPresent(code -> lines.add("> - Prisma: `" + code + "`"));
        problem.place().ifPresent(place -> lines.add("> - Where: " + MarkdownText.code(place, longest)));
        lines.add("> - Why: " + MarkdownText.sentence(problem.why(), longest));
        problem.examples().stream()
                .limit(limits.mostSentences())
                .forEach(row -> lines.add("> - Row: " + MarkdownText.code(row, longest)));
        if (problem.state() != null) {
            lines.add("> - State: " + MarkdownText.sentence(problem.state(), longest));
        }
        problem.next().stream()
                .limit(limits.mostSentences())
                .forEach(step -> lines.add("> - Next: " + MarkdownText.step(step, longest)));
        return lines;
    }
}
