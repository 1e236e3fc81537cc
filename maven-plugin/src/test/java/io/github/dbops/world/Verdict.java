package io.github.dbops.world;

import static io.github.dbops.sync.SyncOutcome.Result.APPLIED;
import static io.github.dbops.sync.SyncOutcome.Result.CHANGES_FOUND;
import static io.github.dbops.sync.SyncOutcome.Result.NOTHING_TO_DO;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.util.List;
import java.util.Set;

/**
 * Holds what a run says against what the oracle says.
 *
 * <p>Every method throws {@link Law.Broken} where they do not agree.
 */
final class Verdict {

    private final World world;
    private final Expectation expected;

    Verdict(World world, Expectation expected) {
        this.world = world;
        this.expected = expected;
    }

    /** Whether it was let through, and rightly. */
    boolean acceptsDryRun(SyncOutcome outcome, String run) {
        boolean refused = isRefused(outcome);
        if (refused) {
            rightly(run + " is refused for a reason", expected.dryRunCodes(), outcome);
            if (expected.refused().equals(Set.of(Reason.CONFLICT))
                    && expected.mayBeRefused().isEmpty()) {
                counts(outcome, run);
            }
            return false;
        }
        if (!expected.refused().isEmpty()) {
            throw new Law.Broken(
                    run + " must be refused", "because of " + expected.refused() + "; it found " + outcome.tables());
        }
        counts(outcome, run);
        boolean changes = outcome.totals().hasChanges();
        if (outcome.result() != (changes ? CHANGES_FOUND : NOTHING_TO_DO) && !expected.isBlocked()) {
            throw new Law.Broken(run + " says what it found", outcome.result() + " with " + outcome.totals());
        }
        if (outcome.digest().isPresent() == expected.isBlocked()) {
            throw new Law.Broken(run + " has a digest unless rows are blocked", outcome.digest() + ", " + expected);
        }
        return true;
    }

    private static boolean isRefused(SyncOutcome outcome) {
        return !outcome.problems().isEmpty();
    }

    private static void rightly(String clause, Set<String> allowed, SyncOutcome outcome) {
        List<String> codes = SyncFixture.codes(outcome);
        if (!allowed.containsAll(codes)) {
            throw new Law.Broken(clause, "allowed " + allowed + ", said " + texts(outcome.problems()));
        }
    }

    /** Every problem in full. */
    static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void counts(SyncOutcome outcome, String run) {
        for (Table table : world.tables()) {
            if (table.entry() == null) {
                continue;
            }
            Counts found = table(outcome, table).counts().applied(0, 0);
            if (!found.equals(expected.counts(table.name()))) {
                throw new Law.Broken(
                        run + " counts what there is",
                        table.name() + ": expected " + expected.counts(table.name()) + ", found " + found);
            }
        }
    }

    /** What a run says of a table of the plan. */
    TableOutcome table(SyncOutcome outcome, Table table) {
        return outcome.tables().stream()
                .filter(each -> each.table().equals(world.target().schema() + "." + table.name())
                        || each.table().equals(table.name()))
                .findFirst()
                .orElseThrow(() -> new Law.Broken(
                        "a report has every table of the plan", table.name() + " is not in " + outcome.tables()));
    }

    /** The same facts under other ids, compared exactly, are the same change set. */
    void sameFacts(SyncOutcome dryRun, SyncOutcome twin) {
        if (isRefused(dryRun)) {
            return;
        }
        if (isRefused(twin)) {
            if (!expected.mayBeRefused().isEmpty()) {
                return;
            }
            throw new Law.Broken("other ids for the same facts change nothing", "refused: " + texts(twin.problems()));
        }
        counts(twin, "dry-run of the same facts with other ids");
        if (!dryRun.digest().equals(twin.digest())) {
            throw new Law.Broken(
                    "the same facts have the same digest", dryRun.digest() + " and, with other ids, " + twin.digest());
        }
    }

    /**
     * Whether an apply was let through, and rightly.
     *
     * @param accepted whether the dry-run was
     */
    boolean acceptsApply(boolean accepted, SyncOutcome outcome) {
        if (!accepted || isRefused(outcome)) {
            if (!isRefused(outcome)) {
                throw new Law.Broken("an apply is refused where the dry-run is", "it was applied");
            }
            rightly("an apply is refused for a reason", expected.applyCodes(), outcome);
            return false;
        }
        if (!expected.applyRefused().isEmpty()) {
            throw new Law.Broken("an apply must be refused", "because of " + expected.applyRefused());
        }
        return true;
    }

    /** An apply that was let through says what it found, and that it did it. */
    void applied(SyncOutcome outcome) {
        boolean changes = outcome.totals().hasChanges();
        if (outcome.result() != (changes ? APPLIED : NOTHING_TO_DO)) {
            throw new Law.Broken("an apply says what it did", outcome.result() + " with " + outcome.totals());
        }
        counts(outcome, "apply");
        for (Table table : world.tables()) {
            if (table.entry() != null) {
                Counts found = table(outcome, table).counts();
                if (found.appliedInserts() != found.toInsert() || found.appliedUpdates() != found.toUpdate()) {
                    throw new Law.Broken("an apply does what it found", table.name() + ": " + found);
                }
            }
        }
    }
}
