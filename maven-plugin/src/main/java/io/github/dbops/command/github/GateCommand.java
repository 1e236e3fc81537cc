package io.github.dbops.command.github;

import io.github.dbops.command.github.GateRequest.Requirement;
import io.github.dbops.github.ActionsEnvironment;
import io.github.dbops.github.Annotations;
import io.github.dbops.github.Annotations.Annotation;
import io.github.dbops.github.Approval;
import io.github.dbops.github.EnvironmentGate;
import io.github.dbops.github.Patience;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Lets a run pass to its apply only where GitHub says that a reviewer was demanded and has approved; spec section 6.
 * Connects to no database.
 */
public final class GateCommand {

    private static final String STATE = "Nothing was connected to; nothing was changed.";

    private final ActionsEnvironment environment;
    private final Patience patience;
    private final Progress progress;

    /**
     * Asks nothing yet.
     *
     * @param environment the run's
     * @param patience how long GitHub is waited for
     */
    public GateCommand(ActionsEnvironment environment, Patience patience, Progress progress) {
        this.environment = environment;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * Asks GitHub.
     *
     * @return why the run may not pass; empty where it may
     */
    public List<Problem> run(GateRequest request) {
        if (request.approval() == Requirement.NOBODY) {
            passed("Passed without asking GitHub, as dbops.requireApproval=false says.", request.reports());
            return List.of();
        }
        try {
            EnvironmentGate gate = new EnvironmentGate(environment, request.environment(), request.digest());
            told(gate.approval(patience), request);
            return List.of();
        } catch (ProblemException closed) {
            return reject(closed, request.reports());
        }
    }

    /**
     * Reports settings that are no request, or a gate that stays closed.
     *
     * @return the problems, with the state that things are in
     */
    public List<Problem> reject(ProblemException refused, Path reports) {
        List<Problem> problems = refused.withState(STATE).problems();
        RunnerVoice runner = new RunnerVoice(environment, progress::say);
        runner.outputs(Map.of("problem-code", problems.get(0).code().id()));
        runner.summary("**dbops gate: closed** (`" + problems.get(0).code().id() + "`). Nothing was applied.\n");
        runner.annotations(
                new Annotations(
                        problems.stream()
                                .map(p -> new Annotation(
                                        p.code().id(),
                                        p.what() + "\n" + p.next().get(0)))
                                .toList(),
                        List.of()),
                reports);
        return problems;
    }

    private void told(Approval approval, GateRequest request) {
        if (approval.bypassable()) {
            progress.say("Administrators can bypass the reviewers of this environment; its settings can forbid it.");
        }
        if (approval.attempt() > 1 && request.digest().isEmpty()) {
            progress.say("This is attempt " + approval.attempt() + ", and GitHub does not tell of which attempt an"
                    + " approval is; -Ddbops.gate.digestInComment binds it to a change set.");
        }
        passed("Approved for " + request.environment() + " by " + approval.by() + ".", request.reports());
    }

    private void passed(String sentence, Path reports) {
        progress.say(sentence);
        RunnerVoice runner = new RunnerVoice(environment, progress::say);
        runner.outputs(Map.of("problem-code", ""));
        runner.summary("**dbops gate: open.**\n");
        runner.annotations(new Annotations(List.of(), List.of()), reports);
    }
}
