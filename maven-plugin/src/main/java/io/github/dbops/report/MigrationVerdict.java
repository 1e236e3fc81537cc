package io.github.dbops.report;

import io.github.dbops.migration.History;
import io.github.dbops.migration.MavenCommand;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.run.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an outcome of a migrate goal comes to, in words that every report shares. Its sentence is of own words only; its
 * steps name migrations.
 *
 * @param outcome the outcome
 */
record MigrationVerdict(MigrationOutcome outcome) {

    /** The report's heading: which goal, and whether it only looked. */
    String title() {
        boolean looked = outcome.goal() != MigrationGoal.STATUS && outcome.execution() == Execution.DRY_RUN;
        return "dbops " + outcome.goal().word() + (looked ? ", dry-run" : "");
    }

    /** One sentence: what would run, what ran, what was recorded, or that nothing was. */
    String sentence() {
        return switch (outcome.result()) {
            case UP_TO_DATE, UNSOUND -> "Nothing is pending; " + counts() + ".";
            case PENDING -> pending();
            case DEPLOYED -> Amount.of(outcome.steps().size(), "migration") + " deployed; nothing is pending.";
            case RESOLVABLE -> resolutions("would be ") + "; nothing was changed.";
            case RESOLVED -> resolutions("") + ".";
            case REFUSED -> refused();
            case FAILED -> failed();
        };
    }

    /** How many migrations are in which state: {@code 12 applied, 1 failed}. */
    String counts() {
        Map<MigrationState, Long> states = states();
        return states.isEmpty() ? "there are no migrations" : counts(states);
    }

    /** What to do next, a line each; a line that holds a command ends with it. Empty where nothing is, or where the problems say it. */
    List<String> next() {
        return steps().stream().map(outcome.again()::in).toList();
    }

    private List<String> steps() {
        return switch (outcome.result()) {
            case UNSOUND -> open();
            case PENDING -> outcome.goal() == MigrationGoal.DEPLOY ? review() : look();
            case RESOLVABLE -> List.of("Review this, then: " + resolve(names(outcome.resolutions())));
            case RESOLVED -> resolved();
            case UP_TO_DATE, DEPLOYED, REFUSED, FAILED -> List.of();
        };
    }

    private Map<MigrationState, Long> states() {
        return migrations().stream()
                .collect(Collectors.groupingBy(Migration::state, TreeMap::new, Collectors.counting()));
    }

    private static String counts(Map<MigrationState, Long> states) {
        return states.entrySet().stream()
                .map(e -> Amount.of(e.getValue()) + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
    }

    private List<Migration> migrations() {
        return outcome.latest().map(History::migrations).orElse(List.of());
    }

    private List<Migration> waiting() {
        return outcome.latest().map(History::pending).orElse(List.of());
    }

    private String pending() {
        String waiting = Amount.of(waiting().size(), "migration");
        if (outcome.goal() == MigrationGoal.DEPLOY) {
            return waiting + " would run; nothing was changed.";
        }
        Map<MigrationState, Long> others = states();
        others.remove(MigrationState.PENDING);
        return waiting + " pending; " + (others.isEmpty() ? "none applied" : counts(others)) + ".";
    }

    // Where a status refuses, the answer is its finding, not that it did nothing.
    private String refused() {
        if (outcome.goal() == MigrationGoal.STATUS && !migrations().isEmpty()) {
            return "Not in order: " + counts() + ".";
        }
        return "Refused" + problems() + "; nothing was changed.";
    }

    private String failed() {
        if (outcome.failure().isEmpty()) {
            return outcome.steps().isEmpty()
                    ? "Failed" + problems() + "."
                    : deployed() + ", and something is still open.";
        }
        return "A migration failed; "
                + (outcome.steps().isEmpty() ? "none was deployed before it." : deployed() + " before it.");
    }

    private String deployed() {
        int steps = outcome.steps().size();
        return Amount.of(steps, "migration") + (steps == 1 ? " was" : " were") + " deployed";
    }

    private String resolutions(String mood) {
        String what = isAllApplied() ? "recorded as applied" : "marked as rolled back";
        return Amount.of(outcome.resolutions().size(), "migration") + " " + mood + what;
    }

    private String problems() {
        int problems = outcome.problems().size();
        return problems > 1 ? " with " + Amount.of(problems, "problem") : "";
    }

    // What -Ddbops.failOn does not ask to be told of.
    private List<String> open() {
        List<String> failed = migrations().stream()
                .filter(m -> m.state() == MigrationState.FAILED)
                .map(Migration::name)
                .toList();
        return failed.isEmpty()
                ? List.of()
                : List.of(
                        "If what they did is undone: " + MavenCommand.rolledBack(failed),
                        "If they were completed by hand: " + MavenCommand.applied(failed));
    }

    private List<String> look() {
        List<String> steps = new ArrayList<>(open());
        steps.add("See what would run: mvn dbops:migrate-deploy -DdryRun");
        steps.add("Run it: mvn dbops:migrate-deploy");
        return steps;
    }

    private List<String> review() {
        return outcome.digest()
                .map(digest ->
                        List.of("Review this, then: mvn dbops:migrate-deploy -Ddbops.expectDigest=" + digest.hex()))
                .orElse(List.of());
    }

    private List<String> resolved() {
        List<String> steps = new ArrayList<>(open());
        if (!waiting().isEmpty()) {
            steps.add("Deploy what is pending: mvn dbops:migrate-deploy");
        }
        return steps;
    }

    private String resolve(List<String> names) {
        return isAllApplied() ? MavenCommand.applied(names) : MavenCommand.rolledBack(names);
    }

    private boolean isAllApplied() {
        return outcome.resolutions().stream().allMatch(r -> r.action() == Action.APPLIED);
    }

    private static List<String> names(List<Resolution> resolutions) {
        return resolutions.stream().map(Resolution::migration).toList();
    }
}
