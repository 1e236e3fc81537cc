package io.github.dbops.world;

import io.github.dbops.sync.Counts;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code dbops:sync} must do in a world, said in plain SQL over copies of both databases' rows in a third one.
 *
 * <p>It is written from the contract alone and knows nothing of the code that it judges. It is slow and simple: each
 * natural key, whatever it is made of, becomes a number that both sides share ({@link Identities}); from there on
 * everything is a join over numbers ({@link Matches}); the target as it must be after the run is built row by row
 * ({@link FinalState}) and looked at ({@link Findings}).
 *
 * <p>Where the contract is silent it expects what a careful user would:
 *
 * <ol>
 *   <li>A reference is the row that it points at. Which spelling of a parent's key stands in the child
 *       ({@code citext}, {@code numeric}) plays no part in the comparison, and either may be written.
 *   <li>A parent's identity is looked up in the whole source table: {@code where} decides which rows are carried, not
 *       which rows exist. A parent that {@code where} leaves out is not inserted; its child is blocked unless the
 *       target has the parent, or another row of its key is inserted.
 *   <li>A parent without identity (NULL in its key) can be nobody's parent in the target: its child is blocked.
 *   <li>{@code rawReferences} makes a value of a reference to any table, one of the plan included.
 *   <li>With MATCH SIMPLE and a NULL among the columns there is no reference; the columns are plain values.
 *   <li>Only rows to be written can be blocked: a conflict that production wins never is. Rows that reference each
 *       other in a circle and are all inserted are not blocked.
 *   <li>A collision refuses the dry-run. In a unique index that is not deferrable an update also collides with the value
 *       that another row has before the run, also where that row gives it up in the same run (swaps, chains). An insert
 *       may take what an update has given up, because updates come first. Where an index holds a column that the plan
 *       leaves to the target's default, the dry-run need not see it, and the apply is refused.
 *   <li>A reference out of the plan counts as a sequence's number where the referenced column itself has the sequence; a
 *       column that only references such a number is not drawn.
 *   <li>A table listed as {@code skip} without a key is outside of the plan; with a key it serves references, is not
 *       written, and its counts are 0.
 *   <li>Whether a row exists in a table outside of the plan is not looked at in a dry-run; where it does not, the apply
 *       is refused. The same holds for the target's CHECK constraints, and for NOT NULL where no value of the source is
 *       NULL.
 *   <li>The target's foreign keys count for what is written, and both sides have the same in these worlds.
 *   <li>A table that references itself by a column that is neither nullable nor deferrable may be refused as a circle, or
 *       done right (one INSERT can); a circle of several such tables must be refused. A column of the key
 *       cannot be filled in a second step.
 *   <li>An update of a value that rows of the target reference may be refused, at any moment before the commit, and so may
 *       a row that collides with what {@code ON UPDATE CASCADE} makes of them; where it is not, the result must be right.
 *   <li>A row whose key leads to a row without one has no key itself.
 *   <li>Two references that share a column may want two values of it (a product of one tenant whose category is another
 *       tenant's in the target). Such a row must not be written; a dry-run need not know.
 *   <li>{@code VALUE_NOT_EXACT}, which NULL is too where only the target forbids it, looks at every row that {@code where}
 *       lets through, and at the key, compared and {@code ignore} columns; which of these rows would be written plays no
 *       part.
 *   <li>A primary key outside of the key that is a foreign key (a profile whose id is its user's) is neither compared nor
 *       updated, as other surrogates are; an inserted row has it through its parent.
 *   <li>{@code ids} speaks of surrogates alone. A column with a sequence that is not part of the primary key is a column
 *       like others.
 *   <li>PostgreSQL assigns a {@code timestamp} to a {@code date}; a plan that asks for it may be refused as a mismatch all
 *       the same.
 * </ol>
 */
final class Oracle {

    private final Contract contract;
    private final Scratch scratch;
    private final Set<Reason> early;
    private final Copies copies;
    private final Identities identities;
    private final Matches matches;
    private final FinalState finalState;
    private final Map<String, Counts> counts = new HashMap<>();

    /**
     * Copies both databases and computes everything.
     *
     * @param source a connection to the source; only read
     * @param target a connection to the target; only read
     * @param third a connection to a database of the target's server with the extensions, in a transaction that the
     *     caller rolls back when it needs the oracle no more
     */
    Oracle(World world, Connection source, Connection target, Connection third) {
        contract = new Contract(world);
        early = contract.refusals();
        scratch = new Scratch(third);
        copies = new Copies(contract, new Scratch(source), new Scratch(target), scratch);
        identities = new Identities(contract, scratch);
        matches = new Matches(contract, scratch);
        finalState = new FinalState(contract, scratch);
        if (early.isEmpty()) {
            copies.make();
            identities.number();
            matches.find();
            world.tables().stream()
                    .filter(table -> table.entry() != null)
                    .forEach(table -> counts.put(table.name(), matches.counts(contract.rules(table.name()))));
            finalState.build(counts);
        }
    }

    /** The counts, and what must or may be refused. */
    Expectation expectation() {
        return early.isEmpty()
                ? new Findings(contract, scratch, copies, counts).expectation()
                : Expectation.refused(early, contract.possibleRefusals());
    }

    /** The places of the target's rows that an apply updates, by their partition's or table's name and ctid. */
    List<String> updatedPlaces() {
        return finalState.updatedPlaces();
    }

    /** Those of one table. */
    List<String> updatedPlaces(Table table) {
        return finalState.updatedPlaces(contract.rules(table.name()));
    }

    /** A table's rows that an apply inserts or updates, as they must be afterwards, columns that are computed left out. */
    List<Row> writtenRows(Table table) {
        return finalState.writtenRows(contract.rules(table.name()));
    }

    /** How the target differs from what it must be, one line for each row or value; empty where it does not. */
    List<String> disagreements() {
        copies.makeAfter();
        identities.find(Copies.AFTER);
        return new AfterState(contract, scratch).disagreements();
    }
}
