package io.github.dbops.mojo;

import io.github.dbops.problem.Kind;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ProblemText;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What every goal shares: where it runs, when it does not, and how its problems become the build's result. */
abstract class DbopsMojo extends AbstractMojo {

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    MojoExecution execution;

    /** {@code true} leaves this goal out; the build goes on. Default: {@code false}. Example: {@code -Ddbops.skip}. */
    @Parameter(property = "dbops.skip", defaultValue = "false")
    @Nullable
    String skip;

    /**
     * The folder for reports, relative to the directory in which Maven runs. Default: {@code target/dbops}, or
     * {@code dbops-reports} where there is no POM. Example: {@code -Ddbops.reports=build/dbops}.
     */
    @Parameter(property = "dbops.reports")
    @Nullable
    String reports;

    /**
     * Does the goal's work.
     *
     * @return what went wrong, after the reports were written; empty on success
     * @throws ProblemException where dbops cannot go on at all
     */
    abstract List<Problem> run();

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            List<Problem> problems = isWanted() ? run() : List.of();
            if (!problems.isEmpty()) {
                fail(new ProblemException(problems, null));
            }
        } catch (ProblemException e) {
            fail(e);
        }
    }

    /** The execution root, or the current directory where there is no POM; relative paths start here. */
    final Path directory() {
        return Path.of(session.getExecutionRootDirectory()).toAbsolutePath();
    }

    /** The folder for reports, absolute. */
    final Path reportsDirectory() {
        MavenProject project = session.getTopLevelProject();
        if (reports != null) {
            return directory().resolve(reports);
        }
        return project.getFile() == null
                ? directory().resolve("dbops-reports")
                : Path.of(project.getBuild().getDirectory()).resolve("dbops");
    }

    private boolean isWanted() {
        ParameterReader read = new ParameterReader();
        boolean skipped = read.flag("dbops.skip", skip);
        read.complain();
        if (skipped) {
            getLog().info("Skipped, as dbops.skip says.");
            return false;
        }
        // On the command line an aggregator runs once, even where -pl leaves the root out. Bound to a phase, an
        // inherited execution would touch the database once for each module.
        boolean once = execution.getSource() == MojoExecution.Source.CLI
                || session.getCurrentProject().isExecutionRoot();
        if (!once) {
            getLog().debug("Not the execution root: nothing to do here.");
        }
        return once;
    }

    private static void fail(ProblemException e) throws MojoExecutionException, MojoFailureException {
        // Without the blank line Maven's own sentence buries the problem. Suppressed instead of cause: Maven adds the
        // messages of causes to ours. The trace that -e shows is the problem's.
        String message = "\n" + ProblemText.of(e.problems());
        Exception failure = e.first().code().kind() == Kind.REFUSAL
                ? new MojoFailureException(message)
                : new MojoExecutionException(message);
        failure.addSuppressed(e);
        failure.setStackTrace(e.getStackTrace());
        if (failure instanceof MojoFailureException refusal) {
            throw refusal;
        }
        throw (MojoExecutionException) failure;
    }
}
