package io.github.dbops.report;

import io.github.dbops.migration.Migration;
import io.github.dbops.migration.Resolution;
import io.github.dbops.run.Execution;
import java.util.ArrayList;
import java.util.List;

/**
 * A migration before or after its record was corrected.
 *
 * @param when {@code was}, {@code is now}, {@code would be}
 * @param migration the migration as it was, is or would be
 */
record ResolutionRow(String when, Migration migration) {

    /** Before and after of each, in the order in which they were named; no before where nobody knew of it. */
    static List<ResolutionRow> of(List<Resolution> resolutions, Execution execution) {
        List<ResolutionRow> rows = new ArrayList<>();
        for (Resolution resolution : resolutions) {
            resolution.before().ifPresent(before -> rows.add(new ResolutionRow("was", before)));
            rows.add(new ResolutionRow(execution == Execution.APPLY ? "is now" : "would be", resolution.after()));
        }
        return List.copyOf(rows);
    }
}
