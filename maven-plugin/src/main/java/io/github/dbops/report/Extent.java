package io.github.dbops.report;

/**
 * How much a Markdown report tells; each is less than the one before. Totals, conflicts, problems and the digest are in
 * all of them.
 *
 * @see MarkdownReport
 */
enum Extent {
    EVERYTHING(400, 50, 20, ""),
    NO_SAMPLES(400, 50, 20, "samples of rows"),
    NO_DETAILS(300, 20, 20, "samples of rows and the tables' details"),
    TOTALS_ONLY(200, 10, 10, "everything of single tables"),
    LEAST(100, 2, 3, "everything of single tables, most warnings and most problems");

    private final MarkdownLimits limits;
    private final String leftOut;

    Extent(int longestText, int mostSentences, int mostProblems, String leftOut) {
        this.limits = new MarkdownLimits(longestText, mostSentences, mostProblems);
        this.leftOut = leftOut;
    }

    /** How much of everything is shown. */
    MarkdownLimits limits() {
        return limits;
    }

    /** What is missing, in words; empty where nothing is. */
    String leftOut() {
        return leftOut;
    }

    /** Whether this tells as much as the other, or more. */
    boolean reaches(Extent other) {
        return compareTo(other) <= 0;
    }
}
