package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Counts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks before the commit whether exactly the planned has happened; spec section 5, "Applying", step 6. */
final class Verification {

    private final Session target;
    private final TouchRules rules;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<QualifiedName> partitioned = new HashSet<>();

    Verification(Session target, TouchRules rules) {
        this.target = target;
        this.rules = rules;
    }

    /**
     * Checks everything and throws what is wrong together.
     *
     * @throws ProblemException (PROTECTED_TABLE_TOUCHED, UNPLANNED_TABLE_TOUCHED, VERIFICATION_FAILED)
     */
    void check(List<StagedTable> staged, Map<QualifiedName, Counts> applied, Writes start) {
        Writes now = Writes.read(target);
        staged.stream()
                .map(table -> table.difference.shape().target())
                .filter(table -> table.kind() == Table.Kind.PARTITIONED)
                .forEach(table -> partitioned.add(table.name()));
        for (QualifiedName table : new TreeSet<>(now.tables(start))) {
            checkTouched(table, now, now.since(start, table), applied.get(table));
        }
        for (StagedTable table : staged) {
            Counts counts = applied.getOrDefault(table.difference.shape().name(), Counts.NONE);
            checkValues(table, table.updates, counts.toUpdate(), counts.appliedUpdates(), "updated");
            checkValues(table, table.inserts, counts.toInsert(), counts.appliedInserts(), "inserted");
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private void checkTouched(QualifiedName table, Writes now, Writes.Counts written, @Nullable Counts planned) {
        boolean locked = now.locked().contains(table);
        boolean sideEffect = rules.sideEffects().contains(table);
        boolean allowedUpdates =
                rules.overwriteAllowed() == TouchRules.OverwriteWords.SAID && planned != null && planned.toUpdate() > 0;
        boolean moved =
                planned != null && allowedUpdates && partitioned.contains(table) && asPlanned(table, written, planned);
        // The planned tables are locked by the apply itself; only a TRUNCATE, which no counter shows, seizes one.
        boolean seized = now.seized().contains(table);
        boolean overwritten = seized || (written.deleted() > 0 && !moved) || (written.updated() > 0 && !allowedUpdates);
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
        } else if (!sideEffect && (seized || !asPlanned(table, written, planned))) {
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            "More or less than the plan happened in " + table + ".",
                            "Planned: " + planned.toInsert() + " inserted, " + planned.toUpdate()
                                    + " updated. The server counted: " + written
                                    + (seized ? ", and an exclusive lock as a TRUNCATE takes it" : "")
                                    + ". A trigger, a rule or a cascade has written, or swallowed a row.",
                            "Look at the table's triggers; if they are meant to write it, add it to \"allowSideEffects\".")
                    .at("table " + table));
        }
    }

    // An update that moves a row to another partition counts as a delete and an insert.
    private boolean asPlanned(QualifiedName table, Writes.Counts written, Counts planned) {
        long moved = partitioned.contains(table) ? written.deleted() : 0;
        return written.equals(new Writes.Counts(planned.toInsert() + moved, planned.toUpdate() - moved, moved));
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

    private void checkValues(StagedTable table, @Nullable Stage stage, long wanted, long done, String verb) {
        QualifiedName name = table.difference.shape().name();
        if (done != wanted) {
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            done + " row(s) of " + name + " were " + verb + " instead of " + wanted + ".",
                            "A trigger has swallowed rows, or several rows share a key.",
                            "Look at the table's BEFORE triggers.")
                    .at("table " + name));
        } else if (stage != null) {
            long present = stage.present();
            if (present != wanted) {
                List<String> columns = stage.differing();
                problems.add(Problem.of(
                                Code.VERIFICATION_FAILED,
                                (wanted - present) + " " + verb + " row(s) of " + name
                                        + " do not hold the source's values.",
                                columns.isEmpty()
                                        ? "Rows are missing after they were written; a trigger has changed or removed them."
                                        : "Changed on the way into the table, most likely by a BEFORE trigger: "
                                                + String.join(", ", columns) + ".",
                                "Add the columns that the target sets by itself to \"ignore\".")
                        .at("table " + name));
            }
        }
    }
}
