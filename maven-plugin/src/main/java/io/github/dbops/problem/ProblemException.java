package io.github.dbops.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inability: dbops cannot go on. Carries every problem found together, the first one naming the outcome. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Several problems that were found together.
     *
     * @param problems at least one, in the order to be shown
     * @param cause what the platform threw, or null
     */
    public ProblemException(List<Problem> problems, @Nullable Throwable cause) {
        super(problems.stream().map(p -> p.code().id() + " " + p.what()).collect(Collectors.joining("; ")), cause);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem given");
        }
        this.problems = List.copyOf(problems);
    }

    /** All problems, never empty. */
    public List<Problem> problems() {
        return problems;
    }

    /** The problem that names the outcome. */
    public Problem first() {
        return problems.get(0);
    }

    /** The same exception, each problem that lacks one given the state that things are in. */
    public ProblemException withState(String words) {
        List<Problem> told = problems.stream().map(p -> p.withState(words)).toList();
        ProblemException same = new ProblemException(told, getCause());
        same.setStackTrace(getStackTrace());
        for (Throwable earlier : getSuppressed()) {
            same.addSuppressed(earlier);
        }
        return same;
    }
}
