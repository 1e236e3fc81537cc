package io.github.dbops.github;

import io.github.dbops.run.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a goal's JSON report says, as far as a workflow wants to know it; spec section 6. The counts are those of the
 * report; where the goal has no such count it is empty.
 *
 * @param outcome the report's word for how the run ended
 * @param plan the sync plan or the migrations' folder, as the report names it
 * @param target the database, as the report names it
 * @param digest of what the run would do or did
 * @param toInsert rows to insert
 * @param toUpdate rows to update
 * @param conflicts keys on both sides
 * @param pending migrations that are not applied
 * @param problems everything that went wrong; the first one names the outcome
 * @param warnings one sentence each
 */
public record Findings(
        String outcome,
        Optional<String> plan,
        Optional<String> target,
        Optional<Digest> digest,
        Optional<Long> toInsert,
        Optional<Long> toUpdate,
        Optional<Long> conflicts,
        Optional<Long> pending,
        List<Trouble> problems,
        List<String> warnings) {

    private static final Set<String> UNFINISHED = Set.of("failed", "refused");
    private static final Set<String> IDLE = Set.of("nothing-to-do", "up-to-date", "runs-listed");

    public Findings {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * A problem of the report.
     *
     * @param code {@code DBOPS-412}
     * @param what what failed, one sentence
     * @param next what to do first
     */
    public record Trouble(String code, String what, String next) {}

    /** Whether there is something to do, or something was done; empty where the run did not get so far as to know. */
    public Optional<Boolean> hasChanges() {
        return UNFINISHED.contains(outcome) ? Optional.empty() : Optional.of(!IDLE.contains(outcome));
    }

    /** Whether the counts are zero for want of looking. */
    public boolean isUncounted() {
        return outcome.equals("failed");
    }

    /** Takes a report apart; throws {@link IllegalArgumentException} where it is none of ours. */
    static Findings of(String report) {
        JsonValue json = JsonValue.of(report);
        Optional<JsonValue> totals = json.optional("totals");
        return new Findings(
                json.field("outcome").text(),
                json.optional("plan").or(() -> json.optional("migrations")).map(JsonValue::text),
                json.optional("target").map(JsonValue::text),
                json.optional("digest").map(JsonValue::text).map(Digest::new),
                count(totals, "toInsert"),
                count(totals, "toUpdate"),
                count(totals, "conflicts"),
                json.optional("pending")
                        .map(pending -> (long) pending.elements().size()),
                json.field("problems").elements().stream()
                        .map(Findings::trouble)
                        .toList(),
                json.field("warnings").elements().stream().map(JsonValue::text).toList());
    }

    private static Optional<Long> count(Optional<JsonValue> totals, String name) {
        // Each goal counts what it deals in.
        return totals.flatMap(counts -> counts.optional(name)).map(JsonValue::number);
    }

    private static Trouble trouble(JsonValue problem) {
        List<JsonValue> next = problem.field("next").elements();
        return new Trouble(
                problem.field("code").text(),
                problem.field("what").text(),
                next.isEmpty() ? "" : next.get(0).text());
    }
}
