package io.github.dbops.sync;

import java.util.List;

/**
 * A plan as both catalogs fit it.
 *
 * @param tables all that are not skipped, in the order in which they are written
 * @param warnings what the plan says that means nothing in this target; most likely slips
 */
public record PlanShape(List<TableShape> tables, List<String> warnings) {

    public PlanShape {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }
}
