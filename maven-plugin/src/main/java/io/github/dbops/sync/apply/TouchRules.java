package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.ProtectedPattern;
import java.util.Optional;
import java.util.Set;

/**
 * What an apply's transaction may touch, triggers and cascades included.
 *
 * @param plan names the protected tables
 * @param overwriteAllowed both words were said, so protected tables may be updated by the plan's own changes
 * @param sideEffects tables that triggers may write
 */
public record TouchRules(Plan plan, OverwriteWords overwriteAllowed, Set<QualifiedName> sideEffects) {

    public TouchRules {
        sideEffects = Set.copyOf(sideEffects);
    }

    Optional<ProtectedPattern> protecting(QualifiedName table) {
        return plan.protecting(table.schema(), table.name());
    }

    /** Whether the operator gave both words for overwriting protected tables. */
    public enum OverwriteWords {
        SAID,
        NOT_SAID
    }
}
