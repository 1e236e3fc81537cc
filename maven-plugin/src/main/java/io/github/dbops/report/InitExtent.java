package io.github.dbops.report;

/**
 * How much the Markdown report of {@code dbops:init} tells; each is less than the one before.
 *
 * @see InitMarkdownReport
 */
enum InitExtent {
    EVERYTHING(new MarkdownLimits(400, 50, 20), 1_000, ""),
    FIRST_TABLES(new MarkdownLimits(300, 20, 20), 100, "most tables"),
    LEAST(new MarkdownLimits(100, 2, 3), 5, "most tables, most warnings and most problems");

    private final MarkdownLimits limits;
    private final int mostTables;
    private final String leftOut;

    InitExtent(MarkdownLimits limits, int mostTables, String leftOut) {
        this.limits = limits;
        this.mostTables = mostTables;
        this.leftOut = leftOut;
    }

    /** How much of everything is shown. */
    MarkdownLimits limits() {
        return limits;
    }

    /** How many tables are shown, the first ones. */
    int mostTables() {
        return mostTables;
    }

    /** What is missing, in words; empty where nothing is. */
    String leftOut() {
        return leftOut;
    }
}
