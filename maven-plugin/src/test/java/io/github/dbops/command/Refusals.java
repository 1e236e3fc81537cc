package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.report.ProblemText;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.SyncOutcome;
import java.util.List;

/** What every refusal owes its reader, and its database: each asks a run, and whether the target is as it was. */
final class Refusals {

    private static final boolean PRINTED = Boolean.getBoolean("dbops.test.printProblems");

    private Refusals() {}

    /** Dry-run and apply are both refused alike; the dry-run's problem is returned. */
    static Problem ofBoth(SyncFixture fixture, String... codes) {
        Problem problem = of(fixture, Execution.DRY_RUN, codes);
        of(fixture, Execution.APPLY, codes);
        return problem;
    }

    /** The dry-run passes, because it need not write; the apply is refused. */
    static Problem ofApplyOnly(SyncFixture fixture, String... codes) {
        List<String> before = fixture.snapshot();
        assertThat(fixture.dryRun().problems()).isEmpty();
        assertThat(fixture.snapshot()).isEqualTo(before);
        return of(fixture, Execution.APPLY, codes);
    }

    /** An apply violates this constraint: refused, and the constraint is named but no value. */
    static void ofApply(SyncFixture fixture, String constraint) {
        List<String> before = fixture.snapshot();
        SyncOutcome outcome = fixture.withoutReview().apply();
        assertThat(fixture.snapshot()).isEqualTo(before);
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code().id()).isIn("DBOPS-416", "DBOPS-422");
            assertThat(problem.why()).contains(constraint);
            tellsEverything(problem);
        });
    }

    /** One run is refused with these codes, tells everything, and leaves the whole target as it was. */
    static Problem of(SyncFixture fixture, Execution execution, String... codes) {
        List<String> before = fixture.snapshot();
        List<List<String>> runsBefore = appliedRuns(fixture);
        SyncOutcome outcome = fixture.withoutReview().run(execution);
        if (PRINTED) {
            System.err.println(execution + ProblemText.of(outcome.problems()));
        }
        assertThat(fixture.snapshot()).isEqualTo(before);
        assertThat(SyncFixture.codes(outcome))
                .as(() -> outcome.problems().toString())
                .containsExactly(codes);
        assertThat(outcome.problems()).allSatisfy(Refusals::tellsEverything);
        assertThat(appliedRuns(fixture)).isEqualTo(runsBefore);
        return outcome.problems().get(0);
    }

    private static void tellsEverything(Problem problem) {
        assertThat(problem.what()).endsWith(".");
        assertThat(problem.why()).isNotBlank();
        assertThat(problem.state()).isNotBlank();
        assertThat(problem.next())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step).isNotBlank());
    }

    private static List<List<String>> appliedRuns(SyncFixture fixture) {
        boolean recorded = fixture.target
                .query("SELECT to_regclass('dbops.sync_run') IS NOT NULL")
                .get(0)
                .equals(List.of("t"));
        return recorded ? fixture.target.query("SELECT run_id FROM dbops.sync_run WHERE state = 'applied'") : List.of();
    }
}
