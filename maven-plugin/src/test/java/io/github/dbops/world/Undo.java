package io.github.dbops.world;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.sync.SyncOutcome;

/** Takes an apply back. */
@FunctionalInterface
interface Undo {

    /** Afterwards the target must be as it was before the run, sequences aside. */
    void undo(SyncFixture fixture, SyncOutcome applied);
}
