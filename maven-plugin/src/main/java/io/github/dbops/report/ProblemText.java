package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Problems as the message that ends a build; spec section 7. Begins with an empty line, because Maven puts a sentence of
 * its own before the message.
 */
public final class ProblemText {

    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_LINE = 2_000;

    private ProblemText() {}

    /**
     * All problems one after the other, the first twenty in full. A state that the next problem shares is said once,
     * with the last of them.
     *
     * @param problems at least one
     */
    public static String of(List<Problem> problems) {
        List<Problem> shown = sayingStateOnce(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        List<String> lines = new ArrayList<>();
        shown.forEach(problem -> {
            lines.add("");
            lines.addAll(block(problem));
        });
        lines.add("");
        if (problems.size() > shown.size()) {
            lines.add("and " + Amount.of(problems.size() - shown.size()) + " more, all of them in the report files.");
        }
        lines.add("See docs/errors.md: " + codes(shown));
        return String.join("\n", lines);
    }

    /** The problems, each without its state where the next one has the same. */
    static List<Problem> sayingStateOnce(List<Problem> problems) {
        return IntStream.range(0, problems.size())
                .mapToObj(i -> {
                    Problem problem = problems.get(i);
                    boolean saidBelow = i + 1 < problems.size()
                            && Objects.equals(
                                    problem.state(), problems.get(i + 1).state());
                    return saidBelow ? stateless(problem) : problem;
                })
                .toList();
    }

    private static List<String> block(Problem problem) {
        List<String> lines = new ArrayList<>();
        lines.addAll(field(problem.code().id() + "  ", List.of(problem.what())));
        problem.code().prismaCode().ifPresent(code -> lines.add("  Prisma: " + code));
        problem.place().ifPresent(place -> lines.addAll(field("  Where: ", List.of(place))));
        lines.addAll(field("  Why:   ", List.of(problem.why())));
        if (!problem.examples().isEmpty()) {
            lines.addAll(field("  Rows:  ", problem.examples()));
        }
        if (problem.state() != null) {
            lines.addAll(field("  State: ", List.of(problem.state())));
        }
        lines.addAll(field("  Next:  ", problem.next()));
        return lines;
    }

    // Not wrapped: a command or a database's message must survive being copied.
    private static List<String> field(String label, List<String> texts) {
        List<String> lines = new ArrayList<>();
        texts.stream()
                .flatMap(text -> Arrays.stream(text.split("\\R")))
                .filter(line -> !line.isBlank())
                .map(line -> Visible.shortened(line, LONGEST_LINE))
                .forEach(line -> lines.add((lines.isEmpty() ? label : " ".repeat(label.length())) + line));
        return lines;
    }

    private static Problem stateless(Problem problem) {
        return new Problem(
                problem.code(),
                problem.what(),
                problem.where(),
                problem.why(),
                null,
                problem.next(),
                problem.examples());
    }

    private static String codes(List<Problem> problems) {
        return problems.stream().map(p -> p.code().id()).distinct().collect(Collectors.joining(", "));
    }
}
