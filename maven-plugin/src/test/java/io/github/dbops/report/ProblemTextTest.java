package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

    @Test
    void hasTheShapeOfTheManual() {
        Problem problem = new Problem(
                Code.PROTECTED_OVERWRITE,
                "Refused to overwrite protected table \"Order\".",
                "sync-plan.json:14:7",
                "\"Order\" matches the protected pattern \"Order*\", and its plan entry says onConflict: local_wins.",
                "Nothing was connected to; nothing was changed.",
                List.of(
                        "Set \"onConflict\": \"prod_wins\" for it, or add",
                        "-DallowProtectedOverwrite -DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE"));

        assertThat(ProblemText.of(List.of(problem))).isEqualTo("""

                        DBOPS-412  Refused to overwrite protected table "Order".
                          Where: sync-plan.json:14:7
                          Why:   "Order" matches the protected pattern "Order*", and its plan entry says onConflict: local_wins.
                          State: Nothing was connected to; nothing was changed.
                          Next:  Set "onConflict": "prod_wins" for it, or add
                                 -DallowProtectedOverwrite -DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE

                        See docs/errors.md: DBOPS-412""");
    }

    @Test
    void namesPrismasCode() {
        Problem problem = Problem.of(Code.UNREACHABLE, "No server.", "Connection refused.", "Start it.");

        assertThat(ProblemText.of(List.of(problem))).contains("DBOPS-201  No server.\n  Prisma: P1001\n  Why:");
    }

    @Test
    void tellsTwentyProblemsAndCountsTheRest() {
        Problem problem = Problem.of(Code.TABLE_UNKNOWN, "No such table.", "It is not there.", "Create it.");

        assertThat(ProblemText.of(Collections.nCopies(23, problem)))
                .contains("\nand 3 more, all of them in the report files.\n")
                .containsPattern("(?s)^(?:(?!No such table).)*(No such table.*?){20}and 3 more(?!.*No such table)");
    }

    @Test
    void saysAStateThatAllShareOnce() {
        Problem problem = Problem.of(Code.TABLE_UNKNOWN, "No such table.", "It is not there.", "Create it.")
                .withState("Nothing was changed.");

        assertThat(ProblemText.of(List.of(problem, problem))).containsOnlyOnce("State:");
    }
}
