package io.github.dbops.sync.plan;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.ProtectedPattern;
import java.util.List;
import java.util.Optional;

/**
 * Refuses to overwrite protected tables unless the operator said both words; needs no connection. A pattern that asks
 * for a schema cannot be held against a bare name here: whoever learns the schema asks
 * {@link Plan#protecting(String, String)} again.
 *
 * @param allowed whether {@code allowProtectedOverwrite} was said
 * @param confirmation {@code confirmOverwrite} as given
 */
public record OverwriteGuard(boolean allowed, Optional<String> confirmation) {

    /** The one confirmation that counts. */
    public static final String CONFIRMATION = "I_UNDERSTAND_PROD_OVERWRITE";

    private static final String WORDS = "-DallowProtectedOverwrite -DconfirmOverwrite=" + CONFIRMATION;

    /** Whether both words were said. */
    public boolean said() {
        return allowed && confirmation.filter(CONFIRMATION::equals).isPresent();
    }

    /**
     * Lets a plan pass that overwrites no protected table, or whose operator said both words.
     *
     * @throws ProblemException one {@link Code#PROTECTED_OVERWRITE} for each protected table planned with local_wins
     */
    public void check(Plan plan) {
        if (said()) {
            return;
        }
        List<Problem> refusals = plan.active().stream()
                .filter(PlannedTable::overwrites)
                .flatMap(table -> plan.protecting(table).map(pattern -> refusal(table, pattern)).stream())
                .map(refusal -> refusal.withState(Complaints.STATE))
                .toList();
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals, null);
        }
    }

    /**
     * The refusal for one table; also for those who find out later, with the schema known, that a table is protected,
     * and who add the state that things are in by then.
     *
     * @param table planned with local_wins
     * @param pattern what protects it
     */
    public Problem refusal(PlannedTable table, ProtectedPattern pattern) {
        String name = Fields.quoted(table.name());
        String says = table.onConflictPosition().path().startsWith("$.tables")
                ? "its plan entry says"
                : "the plan's defaults say";
        String why = name + " matches the protected pattern " + Fields.quoted(pattern.glob()) + ", and " + says
                + " onConflict: local_wins (" + table.onConflictPosition() + ").";
        return Problem.of(
                Code.PROTECTED_OVERWRITE,
                "Refused to overwrite protected table " + name + ".",
                why + halfSaid(),
                "Set \"onConflict\": \"prod_wins\" for it, or add",
                WORDS);
    }

    private String halfSaid() {
        if (confirmation.isEmpty()) {
            return allowed ? " allowProtectedOverwrite was said, confirmOverwrite was not." : "";
        }
        return confirmation.filter(CONFIRMATION::equals).isPresent()
                ? " confirmOverwrite was said, allowProtectedOverwrite was not."
                : " confirmOverwrite was said, but is not the exact word.";
    }
}
