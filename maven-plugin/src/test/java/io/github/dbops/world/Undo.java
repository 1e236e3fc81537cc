package io.github.dbops.world;

import io.github.dbops.command.undo.UndoFixture;
import io.github.dbops.sync.UndoOutcome;
import java.util.function.Consumer;

/** Takes an apply back. */
@FunctionalInterface
interface Undo {

    /** As an operator does it: a dry-run, and then exactly that. */
    Undo GOAL = (operator, run, heard) -> {
        UndoOutcome dryRun = operator.dryRun(run);
        heard.accept(dryRun);
        return dryRun.digest()
                .map(digest -> operator.expecting(digest).undo(run))
                .orElse(dryRun);
    };

    /**
     * Afterwards the target must be as it was before the run, as far as was promised.
     *
     * @param run its id
     * @param heard told outcomes before the last one
     * @return the last outcome
     */
    UndoOutcome undo(UndoFixture operator, String run, Consumer<UndoOutcome> heard);
}
