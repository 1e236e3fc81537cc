package io.github.dbops.run;

/**
 * Work on one table's rows that is about to begin.
 *
 * @param table the table, for people
 * @param telling when its rows are told
 * @param rows how many there will be; below 0 where nobody knows
 * @param certainty how good that number is
 */
public record TableWork(String table, Telling telling, long rows, Certainty certainty) {

    /** When rows are told. */
    public enum Telling {
        /** While they pass by. */
        AS_THEY_PASS,
        /** All at the end: one statement handles them, and says nothing before. */
        AT_THE_END
    }

    /** How good a number of rows is. */
    public enum Certainty {
        /** Counted. */
        COUNTED,
        /** The planner's guess. */
        ESTIMATED
    }

    /**
     * Rows that were counted before.
     *
     * @param table the table, for people
     */
    public static TableWork counted(String table, Telling telling, long rows) {
        return new TableWork(table, telling, rows, Certainty.COUNTED);
    }

    /**
     * Rows that the planner guesses.
     *
     * @param table the table, for people
     * @param rows below 0: never analysed
     */
    public static TableWork estimated(String table, Telling telling, double rows) {
        return new TableWork(table, telling, Math.round(rows), Certainty.ESTIMATED);
    }

    /** Whether anybody knows how many rows there will be. */
    public boolean hasGoal() {
        return rows > 0;
    }
}
