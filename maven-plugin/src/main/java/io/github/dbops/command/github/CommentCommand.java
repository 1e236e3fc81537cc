package io.github.dbops.command.github;

import io.github.dbops.command.github.CommentRequest.Posting;
import io.github.dbops.github.ActionsEnvironment;
import io.github.dbops.github.Annotations;
import io.github.dbops.github.Annotations.Annotation;
import io.github.dbops.github.CommentText;
import io.github.dbops.github.Commenting;
import io.github.dbops.github.Findings;
import io.github.dbops.github.Patience;
import io.github.dbops.github.Posted;
import io.github.dbops.github.PublishedReport;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a goal's report to the pull request, the job summary, the step's outputs and the run's annotations; spec section
 * 6. Connects to no database.
 */
public final class CommentCommand {

    private final ActionsEnvironment environment;
    private final Patience patience;

    /**
     * Does nothing yet.
     *
     * @param environment the run's
     * @param patience how long GitHub is waited for
     */
    public CommentCommand(ActionsEnvironment environment, Patience patience) {
        this.environment = environment;
        this.patience = patience;
    }

    /** Does what can be done, and says what cannot; throws nothing that a run could meet. */
    public CommentOutcome run(CommentRequest request) {
        List<String> said = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        RunnerVoice runner = new RunnerVoice(environment, warnings::add);
        Optional<PublishedReport> report = request.goal()
                .map(goal -> PublishedReport.of(goal, request.reports()))
                .orElseGet(() -> PublishedReport.newest(request.reports()));
        if (report.isEmpty()) {
            warnings.add("There is no report of "
                    + request.goal().map(goal -> "dbops:" + goal).orElse("any goal") + " in " + request.reports()
                    + ": the goal did not get so far as to write one.");
        }
        Optional<Findings> findings = report.flatMap(found -> findings(found, warnings));
        Optional<CommentText> text = report.flatMap(found -> text(found, findings, warnings));
        Optional<Posted> posted =
                report.flatMap(found -> text.flatMap(t -> post(request, found, findings, t, said, warnings)));

        text.map(CommentText::text).ifPresent(runner::summary);
        runner.outputs(Outputs.of(report, findings, posted));
        runner.annotations(annotations(findings, warnings), request.reports());
        return new CommentOutcome(posted, said, warnings);
    }

    private static Optional<Findings> findings(PublishedReport report, List<String> warnings) {
        try {
            return Optional.of(report.findings());
        } catch (ProblemException unreadable) {
            warnings.add(sentence(unreadable.first()));
            return Optional.empty();
        }
    }

    private Optional<CommentText> text(PublishedReport report, Optional<Findings> findings, List<String> warnings) {
        try {
            return Optional.of(CommentText.of(report, findings, environment));
        } catch (ProblemException unreadable) {
            warnings.add(sentence(unreadable.first()));
            return Optional.empty();
        }
    }

    private Optional<Posted> post(
            CommentRequest request,
            PublishedReport report,
            Optional<Findings> findings,
            CommentText text,
            List<String> said,
            List<String> warnings) {
        if (request.posting() == Posting.NEVER) {
            return Optional.empty();
        }
        Commenting commenting = new Commenting(environment, request.key(), request.author(), request.pullRequest());
        if (!commenting.isPossible()) {
            said.add("No comment: this run is for no pull request.");
            return Optional.empty();
        }
        try {
            Posted posted = commenting.post(report.goal(), findings, text, patience);
            said.add(sentence(posted));
            return Optional.of(posted);
        } catch (ProblemException refused) {
            warnings.add(sentence(refused.first()));
            return Optional.empty();
        }
    }

    private static Annotations annotations(Optional<Findings> findings, List<String> warnings) {
        List<Annotation> errors = findings.map(Findings::problems).orElse(List.of()).stream()
                .map(problem -> new Annotation(problem.code(), problem.what() + "\n" + problem.next()))
                .toList();
        List<String> attention =
                new ArrayList<>(findings.map(Findings::warnings).orElse(List.of()));
        attention.addAll(warnings);
        return new Annotations(errors, attention);
    }

    private static String sentence(Posted posted) {
        return switch (posted.change()) {
            case CREATED -> "Comment written: " + posted.page();
            case UPDATED -> "Comment updated: " + posted.page();
            case UNCHANGED -> "The comment says the same already: " + posted.page();
        };
    }

    private static String sentence(Problem problem) {
        return problem.code().id() + " " + problem.what() + " " + problem.why() + " "
                + problem.next().get(0);
    }
}
