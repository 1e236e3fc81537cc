package io.github.dbops.it.benchmark;

import java.util.List;

/**
 * Two databases of one state, each with the statements that build it.
 *
 * @param source the source's
 * @param target the target's
 */
record DataSet(Side source, Side target) {

    /**
     * One of the two.
     *
     * @param database its name
     * @param setup what builds it, each text in a transaction of its own
     */
    record Side(String database, List<String> setup) {}

    /** The name under which a copy of the target is written to. */
    String workingCopy() {
        return target.database() + "_copy";
    }
}
