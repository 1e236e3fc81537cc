package io.github.dbops.report;

/**
 * How much the Markdown report of a migrate goal tells; each is less than the one before. The numbers, the failure, the
 * first problems and the digest are in all of them.
 *
 * @see MigrationMarkdownReport
 */
enum MigrationExtent {
    EVERYTHING(new MarkdownLimits(400, 50, 20), 10_000, 10_000, ""),
    LAST_APPLIED(new MarkdownLimits(400, 50, 20), 10, 10_000, "all but the last applied migrations"),
    FIRST_OTHERS(new MarkdownLimits(300, 20, 20), 10, 150, "most migrations"),
    COUNTS(new MarkdownLimits(200, 10, 10), 0, 20, "most migrations"),
    LEAST(new MarkdownLimits(100, 2, 3), 0, 5, "most migrations, most warnings and most problems");

    private final MarkdownLimits limits;
    private final int mostApplied;
    private final int mostOthers;
    private final String leftOut;

    MigrationExtent(MarkdownLimits limits, int mostApplied, int mostOthers, String leftOut) {
        this.limits = limits;
        this.mostApplied = mostApplied;
        this.mostOthers = mostOthers;
        this.leftOut = leftOut;
    }

    /** How much of everything is shown. */
    MarkdownLimits limits() {
        return limits;
    }

    /** How many of the simply applied migrations are shown, the last ones. */
    int mostApplied() {
        return mostApplied;
    }

    /** How many migrations that are not simply applied, and how many steps, are shown, the first ones. */
    int mostOthers() {
        return mostOthers;
    }

    /** What is missing, in words; empty where nothing is. */
    String leftOut() {
        return leftOut;
    }
}
