package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationVerdictTest {

    @Test
    void saysThatThereIsNothingAtAll() {
        assertThat(verdict(Migrations.status(Result.UP_TO_DATE, Migrations.history()))
                        .sentence())
                .isEqualTo("Nothing is pending; there are no migrations.");
    }

    @Test
    void leadsOutOfFailuresThatTheBuildWasNotToFailFor() {
        MigrationVerdict verdict = verdict(Migrations.status(
                Result.UNSOUND, Migrations.history(Migrations.of("1_a", MigrationState.FAILED, false))));

        assertThat(verdict.sentence()).isEqualTo("Nothing is pending; 1 failed.");
        assertThat(verdict.next())
                .containsExactly(
                        "If what they did is undone: mvn dbops:resolve -DrolledBack=1_a",
                        "If they were completed by hand: mvn dbops:resolve -Dapplied=1_a");
    }

    @Test
    void keepsAHostileNameOneWordOfTheShell() {
        MigrationVerdict verdict = verdict(Migrations.status(
                Result.UNSOUND, Migrations.history(Migrations.of("a'; rm -rf $HOME #", MigrationState.FAILED, false))));

        assertThat(verdict.next().get(0)).endsWith("mvn dbops:resolve -DrolledBack='a'\\''; rm -rf $HOME #'");
    }

    @Test
    void doesNotSayThatNothingWasChangedWhereSomethingRan() {
        MigrationOutcome incomplete = new Migrations.Telling(MigrationGoal.DEPLOY, Execution.APPLY, Result.FAILED)
                .before(Migrations.history(Migrations.pending("1_a")))
                .after(Migrations.history(Migrations.applied("1_a"), Migrations.pending("2_b")))
                .steps(new Step("1_a", Duration.ofSeconds(1), Manner.TRANSACTION, List.of()))
                .problems(Problem.of(Code.DEPLOY_INCOMPLETE, "What.", "Why.", "Next."))
                .outcome();

        assertThat(verdict(incomplete).sentence()).isEqualTo("1 migration was deployed, and something is still open.");
    }

    private static MigrationVerdict verdict(MigrationOutcome outcome) {
        return new MigrationVerdict(outcome);
    }
}
