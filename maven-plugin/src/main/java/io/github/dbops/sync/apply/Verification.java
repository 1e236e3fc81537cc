package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Writes;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks before the commit whether exactly the planned has happened; spec section 5, "Applying", step 6. */
final class Verification {

    private final Session target;
    private final TouchRules rules;
    private final List<Problem> problems = new ArrayList<>();

    Verification(Session target, TouchRules rules) {
        this.target = target;
        this.rules = rules;
    }

    /**
     * Checks everything and throws what is wrong together.
     *
     * @throws ProblemException (PROTECTED_TABLE_TOUCHED, UNPLANNED_TABLE_TOUCHED, VERIFICATION_FAILED)
     */
    void check(Map<QualifiedName, StagedTable> staged, Writes start) {
        Writes now = Writes.read(target);
        for (QualifiedName table : new TreeSet<>(now.tables(start))) {
            checkTouched(table, now, now.since(start, table), staged.get(table));
        }
        for (StagedTable table : staged.values()) {
            boolean complete = checkCount(table, table.planned().toUpdate(), table.updated(), "updated")
                    & checkCount(table, table.planned().toInsert(), table.inserted(), "inserted");
            if (complete) {
                table.missing().forEach(missing -> checkValues(table, missing));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private void checkTouched(QualifiedName table, Writes now, Writes.Counts written, @Nullable StagedTable planned) {
        boolean locked = now.locked().contains(table);
        boolean sideEffect = rules.sideEffects().contains(table);
        // The planned tables are locked by the apply itself; only a TRUNCATE, which no counter shows, seizes one.
        boolean seized = now.seized().contains(table);
        boolean overwritten = seized || overwrites(written, planned);
        // Without a counted row a lock on an unplanned table is a TRUNCATE, or a statement that met no row.
        boolean uncounted = written.isNothing() && locked && planned == null;
        if (rules.protecting(table).isPresent() && (overwritten || (uncounted && !sideEffect))) {
            problems.add(touched(
                    Code.PROTECTED_TABLE_TOUCHED,
                    table,
                    written,
                    "protected by \"" + rules.protecting(table).get().glob() + "\""));
        } else if (planned == null) {
            if (!sideEffect && (locked || !written.isNothing())) {
                problems.add(touched(Code.UNPLANNED_TABLE_TOUCHED, table, written, "not in the plan"));
            }
        } else if (!sideEffect && (seized || !asPlanned(written, planned))) {
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            "More or less than the plan happened in " + table + ".",
                            "Planned: " + planned.planned().toInsert() + " inserted, "
                                    + planned.planned().toUpdate() + " updated. The server counted: " + written
                                    + (seized ? ", and an exclusive lock as a TRUNCATE takes it" : "")
                                    + ". A trigger, a rule or a cascade has written, or swallowed a row.",
                            "Look at the table's triggers; if they are meant to write it, add it to \"allowSideEffects\".")
                    .at("table " + table));
        }
    }

    // Rows that this run inserted may be updated by it; others only by the plan's own updates, and under both words.
    private boolean overwrites(Writes.Counts written, @Nullable StagedTable planned) {
        if (planned == null) {
            return written.deleted() > 0 || written.updated() > 0;
        }
        boolean allowed = rules.overwriteAllowed() == TouchRules.OverwriteWords.SAID
                && planned.planned().toUpdate() > 0;
        return allowed
                ? written.deleted() > 0 && !asPlanned(written, planned)
                : written.deleted() > 0 || written.updated() > planned.filled();
    }

    // An update that moves a row to another partition counts as a delete and an insert.
    private static boolean asPlanned(Writes.Counts written, StagedTable planned) {
        long moved = planned.shape().target().isPartitioned() ? written.deleted() : 0;
        long inserts = planned.planned().toInsert();
        long updates = planned.planned().toUpdate() + planned.filled();
        return written.is(inserts + moved, updates - moved, moved);
    }

    private static Problem touched(Code code, QualifiedName table, Writes.Counts written, String standing) {
        return Problem.of(
                        code,
                        "The changes have touched " + table + ", which is " + standing + ".",
                        (written.isNothing()
                                        ? "It was locked for writing (by a TRUNCATE, or a statement that met no row)"
                                        : "The server counted " + written + " there")
                                + "; a trigger or a cascade of a planned table has done it.",
                        code == Code.PROTECTED_TABLE_TOUCHED
                                ? "Find the trigger or the ON UPDATE action; a protected table may only be appended to."
                                : "If triggers are meant to write it, add \"" + table + "\" to \"allowSideEffects\".")
                .at("table " + table);
    }

    private boolean checkCount(StagedTable table, long wanted, long done, String verb) {
        if (done != wanted) {
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            done + " row(s) of " + table.shape().name() + " were " + verb + " instead of " + wanted
                                    + ".",
                            "A trigger has swallowed rows, or several rows share a key.",
                            "Look at the table's BEFORE triggers.")
                    .at("table " + table.shape().name()));
        }
        return done == wanted;
    }

    private void checkValues(StagedTable table, StagedTable.Missing missing) {
        problems.add(Problem.of(
                        Code.VERIFICATION_FAILED,
                        missing.rows() + " " + missing.verb() + " row(s) of "
                                + table.shape().name() + " do not hold the source's values.",
                        missing.fields().isEmpty()
                                ? "Rows are missing after they were written; a trigger has changed or removed them."
                                : "Changed on the way into the table, most likely by a BEFORE trigger: "
                                        + String.join(", ", missing.fields()) + ".",
                        "Add the columns that the target sets by itself to \"ignore\".")
                .at("table " + table.shape().name()));
    }
}
