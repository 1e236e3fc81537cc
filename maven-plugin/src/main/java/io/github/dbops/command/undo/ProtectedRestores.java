package io.github.dbops.command.undo;

import io.github.dbops.command.SyncRequest;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import io.github.dbops.sync.plan.OverwriteGuard;
import io.github.dbops.sync.undo.Reversal;
import java.util.List;

/**
 * Rows of protected tables that would get their former values back: to take an overwriting back is an overwriting, and
 * needs the same two words. To delete what the run itself inserted needs none.
 *
 * @param words what the operator said
 */
record ProtectedRestores(SyncRequest.OverwriteWords words) {

    /** One refusal for each such table; none where both words were said. */
    List<Problem> among(Reversal reversal) {
        return new OverwriteGuard(words.allowed(), words.confirmation()).said()
                ? List.of()
                : reversal.tables().stream()
                        .filter(table ->
                                table.protectedBy() != null && table.counts().of(UndoState.RESTORE) > 0)
                        .map(ProtectedRestores::refusal)
                        .toList();
    }

    private static Problem refusal(UndoTable table) {
        return Problem.of(
                        Code.PROTECTED_OVERWRITE,
                        "Refused to overwrite protected table \"" + table.name() + "\".",
                        "It matches the protected pattern \"" + table.protectedBy() + "\", and "
                                + table.counts().of(UndoState.RESTORE) + " of its rows would get former values back.",
                        "Add -DallowProtectedOverwrite -DconfirmOverwrite=" + OverwriteGuard.CONFIRMATION)
                .at("table " + table.name());
    }
}
