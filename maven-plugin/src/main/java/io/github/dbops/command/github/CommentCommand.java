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
import java.util.function.Supplier;

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
        return new Telling(request).outcome();
    }

    /** One report on its way. */
    private final class Telling {

        private final List<String> said = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final CommentRequest request;

        Telling(CommentRequest request) {
            this.request = request;
        }

        CommentOutcome outcome() {
            Optional<PublishedReport> report = report();
            Optional<Findings> findings = report.flatMap(found -> attempted(found::findings));
            Optional<CommentText> text =
                    report.flatMap(found -> attempted(() -> CommentText.of(found, findings, environment)));
            Optional<Posted> posted =
                    report.flatMap(found -> text.flatMap(shown -> posted(found.goal(), findings, shown)));
            posted.ifPresent(this::say);

            RunnerVoice runner = new RunnerVoice(environment, warnings::add);
            text.map(CommentText::text).ifPresent(runner::summary);
            runner.outputs(Outputs.of(report, findings, posted));
            runner.annotations(annotations(findings), request.reports());
            return new CommentOutcome(posted, said, warnings);
        }

        private Optional<PublishedReport> report() {
            Optional<PublishedReport> report = request.goal()
                    .map(goal -> PublishedReport.of(goal, request.reports()))
                    .orElseGet(() -> PublishedReport.newest(request.reports()));
            if (report.isEmpty()) {
                String goal = request.goal().map(word -> "dbops:" + word).orElse("any goal");
                warnings.add("There is no report of " + goal + " in " + request.reports()
                        + ": the goal did not get so far as to write one.");
            }
            return report;
        }

        private Optional<Posted> posted(String goal, Optional<Findings> findings, CommentText text) {
            if (request.posting() == Posting.NEVER) {
                return Optional.empty();
            }
            Commenting commenting = new Commenting(environment, request.key(), request.author(), request.pullRequest());
            if (!commenting.isPossible()) {
                said.add("No comment: this run is for no pull request.");
                return Optional.empty();
            }
            return attempted(() -> commenting.post(goal, findings, text, patience));
        }

        private void say(Posted posted) {
            said.add(
                    switch (posted.change()) {
                        case CREATED -> "Comment written: " + posted.page();
                        case UPDATED -> "Comment updated: " + posted.page();
                        case UNCHANGED -> "The comment says the same already: " + posted.page();
                    });
            posted.unexpectedAuthor()
                    .ifPresent(login -> warnings.add("The comment was written as " + login
                            + ", whose comments are not looked for: the next run writes another one."
                            + " Set dbops.comment.author=" + login));
        }

        private Annotations annotations(Optional<Findings> findings) {
            List<Annotation> errors = findings.map(Findings::problems).orElse(List.of()).stream()
                    .map(problem -> new Annotation(problem.code(), problem.what() + "\n" + problem.next()))
                    .toList();
            List<String> attention =
                    new ArrayList<>(findings.map(Findings::warnings).orElse(List.of()));
            attention.addAll(warnings);
            return new Annotations(errors, attention);
        }

        private <T> Optional<T> attempted(Supplier<T> step) {
            try {
                return Optional.of(step.get());
            } catch (ProblemException refused) {
                Problem problem = refused.first();
                warnings.add(problem.code().id() + " " + problem.what() + " " + problem.why() + " "
                        + problem.next().get(0));
                return Optional.empty();
            }
        }
    }
}
