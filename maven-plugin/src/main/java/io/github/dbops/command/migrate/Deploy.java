package io.github.dbops.command.migrate;

import io.github.dbops.command.BackupCheck;
import io.github.dbops.command.PhaseClock;
import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.postgres.DatabaseCreation;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Status, deploy, status: only the second status says whether it is done. */
record Deploy(
        DeployRequest request, MigrationEngine engine, EngineTarget target, MigrationRecord record, PhaseClock clock) {

    List<Problem> run() {
        clock.phase("status");
        if (request.createDatabase()) {
            new DatabaseCreation(target.connector(), clock::say).createIfMissing(target.url());
        }
        HistoryReading reading = new HistoryReading(engine, request.run().connections(), clock);
        History before = reading.history();
        record.found(before);
        clock.phase("deploy");
        Deployment deployment = engine.deploy(this::review);
        record.deployed(deployment);
        clock.phase("status");
        List<Problem> problems = new ArrayList<>();
        deployment.failure().map(MigrationFailure::problem).ifPresent(problems::add);
        try {
            History left = reading.history();
            record.left(left);
            if (problems.isEmpty()) {
                problems.addAll(incomplete(before, left));
            }
        } catch (SqlFailure unseen) {
            problems.add(unseen.problem().withState(done(deployment)));
        } catch (ProblemException unseen) {
            problems.addAll(unseen.withState(done(deployment)).problems());
        }
        return problems;
    }

    // Under the engine's lock, so nothing can come between this and the deploy.
    private void review(History history) {
        record.found(history);
        List<Problem> differing = new DeployReview(request).problems(history);
        if (!differing.isEmpty()) {
            throw new ProblemException(differing, null);
        }
        if (!history.pending().isEmpty()) {
            record.fact(new BackupCheck(request.run().directory(), request.backup()).run());
        }
    }

    private static List<Problem> incomplete(History before, History left) {
        List<String> open = new ArrayList<>();
        // A script can write to the history, too.
        before.in(MigrationState.APPLIED).stream()
                .map(Migration::name)
                .filter(name -> left.find(name).filter(m -> !m.rows().isEmpty()).isEmpty())
                .map(name -> name + " was applied and is gone from the history")
                .forEach(open::add);
        left.pending().stream().map(m -> m.name() + " is pending").forEach(open::add);
        left.in(MigrationState.FAILED).stream()
                .map(m -> m.name() + " has failed")
                .forEach(open::add);
        if (open.isEmpty()) {
            return List.of();
        }
        return List.of(Problem.of(
                        Code.DEPLOY_INCOMPLETE,
                        "The deploy ended, and the database is still not up to date.",
                        String.join(", ", open) + ".",
                        "Look what is left: mvn dbops:migrate-status",
                        "If another run is at work, wait for it; then deploy again: mvn dbops:migrate-deploy")
                .withState("Every migration that this run began is applied."));
    }

    private static String done(Deployment deployment) {
        String steps =
                deployment.steps().stream().map(Deployment.Step::migration).collect(Collectors.joining(", "));
        return "Applied by this run: " + (steps.isEmpty() ? "nothing" : steps)
                + ". The history could not be read again: mvn dbops:migrate-status";
    }
}
