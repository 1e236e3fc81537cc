package io.github.dbops.command;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.plan.OverwriteGuard;
import java.util.List;
import java.util.stream.Stream;

/**
 * Protected tables that only the catalog shows to be such: a pattern that asks for a schema could not be held against a
 * bare name before.
 *
 * @param plan the plan
 * @param words what the operator said
 */
record ProtectedOverwrites(Plan plan, SyncRequest.OverwriteWords words) {

    /** The guard that needs no catalog. */
    static OverwriteGuard guard(SyncRequest.OverwriteWords words) {
        return new OverwriteGuard(words.allowed(), words.confirmation());
    }

    /** One refusal for each protected table that the plan would overwrite; none where both words were said. */
    List<Problem> among(ChangeSet changes) {
        return guard(words).said()
                ? List.of()
                : changes.differences().stream().flatMap(this::refusal).toList();
    }

    private Stream<Problem> refusal(TableDifference difference) {
        QualifiedName name = difference.shape().name();
        return difference.shape().planned().overwrites()
                ? plan
                        .protecting(name.schema(), name.name())
                        .map(pattern -> guard(words).refusal(difference.shape().planned(), pattern))
                        .stream()
                : Stream.empty();
    }
}
