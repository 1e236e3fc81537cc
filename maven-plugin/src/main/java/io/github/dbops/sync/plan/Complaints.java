package io.github.dbops.sync.plan;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a plan, collected, so that it is told at once. */
final class Complaints {

    /** What holds whenever this package refuses: it needs no connection. */
    static final String STATE = "Nothing was connected to; nothing was changed.";

    private final List<Complaint> found = new ArrayList<>();

    void add(Position at, String what, String why, String... next) {
        add(Code.PLAN_INVALID, at, what, why, next);
    }

    void add(Code code, Position at, String what, String why, String... next) {
        Problem problem = Problem.of(code, what, why, next)
                .at(at + " (" + at.path() + ")")
                .withState(STATE);
        found.add(new Complaint(at, problem));
    }

    /** Ends in all of them, in the file's order, if there is any. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            List<Problem> problems = found.stream()
                    .sorted(Comparator.comparingInt((Complaint c) -> c.at().line())
                            .thenComparingInt(c -> c.at().column()))
                    .map(Complaint::problem)
                    .toList();
            throw new ProblemException(problems, null);
        }
    }

    private record Complaint(Position at, Problem problem) {}
}
