package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DbopsMojoTest {

    private static final Problem REFUSED =
            Problem.of(Code.PROTECTED_OVERWRITE, "Refused to overwrite \"Order\".", "It is protected.", "Leave it.");
    private static final Problem UNABLE =
            Problem.of(Code.UNREACHABLE, "Cannot reach the target.", "Connection refused.", "Start it.");

    private final List<String> runs = new ArrayList<>();
    private final MavenProject project = new MavenProject();

    @BeforeEach
    void runInTheExecutionRoot() {
        project.setExecutionRoot(true);
    }

    @Test
    void endsWellWithoutProblems() {
        assertThatNoException().isThrownBy(goal(List::of)::execute);
        assertThat(runs).hasSize(1);
    }

    @Test
    void turnsARefusalIntoAFailureThatBeginsWithABlankLine() {
        assertThatThrownBy(goal(() -> List.of(REFUSED))::execute)
                .isExactlyInstanceOf(MojoFailureException.class)
                .message()
                .startsWith("\n\n")
                .contains("DBOPS-412", "Refused to overwrite \"Order\".", "Leave it.");
    }

    @Test
    void turnsAFaultIntoAnError() {
        assertThatThrownBy(goal(() -> List.of(UNABLE))::execute)
                .isExactlyInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("DBOPS-201");
    }

    @Test
    void letsTheFirstProblemNameTheOutcomeAndShowsAll() {
        assertThatThrownBy(goal(() -> List.of(REFUSED, UNABLE))::execute)
                .isExactlyInstanceOf(MojoFailureException.class)
                .hasMessageContaining("DBOPS-412")
                .hasMessageContaining("DBOPS-201");
    }

    @Test
    void keepsAThrownProblemAndItsCauseOutOfTheMessageButInTheTrace() {
        IllegalStateException cause = new IllegalStateException("(4711, Ann) already exists");

        assertThatThrownBy(goal(() -> {
                    throw UNABLE.exception(cause);
                })::execute)
                .isExactlyInstanceOf(MojoExecutionException.class)
                .hasNoCause()
                .hasMessageNotContaining("4711")
                .satisfies(thrown -> {
                    assertThat(thrown.getSuppressed()[0]).hasCause(cause);
                    assertThat(thrown.getStackTrace()).isEqualTo(thrown.getSuppressed()[0].getStackTrace());
                });
    }

    @Test
    void letsABugEscapeAsItIs() {
        IllegalStateException bug = new IllegalStateException("never thought of");

        assertThatThrownBy(goal(() -> {
                    throw bug;
                })::execute)
                .isSameAs(bug);
    }

    @Test
    void doesNothingWhereItIsSkipped() {
        DbopsMojo goal = goal(List::of);
        goal.skip = "true";

        assertThatNoException().isThrownBy(goal::execute);
        assertThat(runs).isEmpty();
    }

    @Test
    void doesNothingInAModuleOfABoundBuild() {
        project.setExecutionRoot(false);

        assertThatNoException().isThrownBy(goal(List::of)::execute);
        assertThat(runs).isEmpty();
    }

    @Test
    void runsFromTheCommandLineWhereTheRootIsNotSelected() {
        project.setExecutionRoot(false);
        DbopsMojo goal = goal(List::of);
        goal.execution = new MojoExecution(new MojoDescriptor(), "default-cli", MojoExecution.Source.CLI);

        assertThatNoException().isThrownBy(goal::execute);
        assertThat(runs).hasSize(1);
    }

    @Test
    void reportsBesideTheBuildsOutputOrInAFolderOfItsOwnWithoutAPom() {
        DbopsMojo goal = goal(List::of);
        assertThat(goal.reportsDirectory()).hasToString("/shop/dbops-reports");

        project.setFile(new File("/shop/pom.xml"));
        assertThat(goal.reportsDirectory()).hasToString("/shop/target/dbops");

        goal.reports = "build/dbops";
        assertThat(goal.reportsDirectory()).hasToString("/shop/build/dbops");
    }

    private DbopsMojo goal(Supplier<List<Problem>> work) {
        DbopsMojo goal = new DbopsMojo() {
            @Override
            List<Problem> run() {
                runs.add("run");
                return work.get();
            }
        };
        project.setBuild(new Build());
        project.getBuild().setDirectory("/shop/target");
        goal.skip = "false";
        goal.session = Shop.session(project);
        goal.execution = new MojoExecution(new MojoDescriptor(), "bound", MojoExecution.Source.LIFECYCLE);
        return goal;
    }
}
