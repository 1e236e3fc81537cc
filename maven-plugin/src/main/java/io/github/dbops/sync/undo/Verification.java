package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Writes;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.ProtectedPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks before the commit whether exactly the reversal has happened, by the server's own books. */
final class Verification {

    private final Session target;
    private final Reversal reversal;
    private final Set<QualifiedName> sideEffects;
    private final List<Problem> problems = new ArrayList<>();

    Verification(Session target, Reversal reversal, Set<QualifiedName> sideEffects) {
        this.target = target;
        this.reversal = reversal;
        this.sideEffects = sideEffects;
    }

    /**
     * Checks everything and throws what is wrong together.
     *
     * @throws ProblemException (PROTECTED_TABLE_TOUCHED, UNPLANNED_TABLE_TOUCHED, VERIFICATION_FAILED)
     */
    void check(List<StagedRows> stages, Writes start) {
        Writes now = Writes.read(target);
        for (QualifiedName table : new TreeSet<>(now.tables(start))) {
            Writes.Counts written = now.since(start, table);
            boolean seized = now.seized().contains(table);
            if (reversal.isReverted(table)) {
                checkReverted(table, written, seized);
            } else if (!written.isNothing() || now.locked().contains(table)) {
                checkOther(table, written, seized);
            }
        }
        stages.forEach(this::checkRows);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private void checkReverted(QualifiedName table, Writes.Counts written, boolean seized) {
        long restores = reversal.restores(table);
        long deletes = reversal.deletes(table);
        // An update that moves a row to another partition counts as a delete and an insert.
        long moved = isPartitioned(table) ? written.inserted() : 0;
        boolean asPlanned = written.is(moved, restores - moved, deletes + moved);
        boolean allowed = sideEffects.contains(table) && protecting(table).isEmpty();
        if (seized || (!asPlanned && !allowed)) {
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            "More or less than the undo happened in " + table + ".",
                            "Planned: " + restores + " restored, " + deletes + " deleted. The server counted: "
                                    + written
                                    + (seized ? ", and an exclusive lock as a TRUNCATE takes it" : "")
                                    + ". A trigger, a rule or a cascade has written, or swallowed a row.",
                            "Look at the table's triggers; if they are meant to write it, add: "
                                    + "-Ddbops.allowSideEffects=" + table)
                    .at("table " + table));
        }
    }

    private boolean isPartitioned(QualifiedName table) {
        return reversal.recorded().stream()
                .anyMatch(rows -> rows.name().equals(table) && rows.table().isPartitioned());
    }

    private void checkOther(QualifiedName table, Writes.Counts written, boolean seized) {
        // The statement of a cascade that has met no row, as none may.
        boolean idle = written.isNothing() && !seized && reversal.isAskedByCascades(table);
        boolean overwritten = seized || written.updated() > 0 || written.deleted() > 0;
        boolean sideEffect = sideEffects.contains(table);
        Optional<ProtectedPattern> pattern = protecting(table);
        if (idle || isLockedByTheUndo(table, written, seized)) {
            return;
        }
        if (pattern.isPresent() && (overwritten || (written.isNothing() && !sideEffect))) {
            problems.add(touched(
                    Code.PROTECTED_TABLE_TOUCHED,
                    table,
                    written,
                    "protected by \"" + pattern.get().glob() + "\"",
                    "Find the trigger or the cascade; a protected table is only changed by the undo's own rows."));
        } else if (!sideEffect) {
            problems.add(touched(
                    Code.UNPLANNED_TABLE_TOUCHED,
                    table,
                    written,
                    "not to be changed by this undo",
                    "If triggers are meant to write it, add: -Ddbops.allowSideEffects=" + table));
        }
    }

    // All tables that the run wrote are locked before anything is known of their rows.
    private boolean isLockedByTheUndo(QualifiedName table, Writes.Counts written, boolean seized) {
        return written.isNothing()
                && !seized
                && reversal.tables().stream().anyMatch(each -> each.name().equals(table));
    }

    private Optional<ProtectedPattern> protecting(QualifiedName table) {
        return reversal.run().protecting(table.schema(), table.name());
    }

    private static Problem touched(
            Code code, QualifiedName table, Writes.Counts written, String standing, String next) {
        return Problem.of(
                        code,
                        "The undo has touched " + table + ", which is " + standing + ".",
                        (written.isNothing()
                                        ? "It was locked for writing (by a TRUNCATE, or a statement that met no row)"
                                        : "The server counted " + written + " there")
                                + "; a trigger or a cascade has done it.",
                        next)
                .at("table " + table);
    }

    private void checkRows(StagedRows stage) {
        QualifiedName table = stage.recorded().name();
        if (stage.written() != stage.staged()) {
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            stage.written() + " row(s) of " + table + " were "
                                    + (stage.recorded().isInsert() ? "deleted" : "restored") + " instead of "
                                    + stage.staged() + ".",
                            "A trigger has swallowed rows, or has changed them while they were reverted.",
                            "Look at the table's triggers.")
                    .at("table " + table));
        } else if (!stage.recorded().isInsert()) {
            checkValues(stage, table);
        }
    }

    private void checkValues(StagedRows stage, QualifiedName table) {
        long holding = count(stage.holding(stage.checked()));
        if (holding != stage.staged()) {
            String columns = stage.checked().stream()
                    .filter(column -> count(stage.holding(List.of(column))) != stage.staged())
                    .map(Column::name)
                    .collect(Collectors.joining(", "));
            problems.add(Problem.of(
                            Code.VERIFICATION_FAILED,
                            (stage.staged() - holding) + " restored row(s) of " + table
                                    + " do not hold their former values.",
                            "Changed on the way into the table, most likely by a trigger: " + columns + ".",
                            "Look at the table's triggers; restore these rows by hand.")
                    .at("table " + table));
        }
    }

    private long count(String query) {
        return CopyRows.single(target, query, row -> row.int8(0));
    }
}
