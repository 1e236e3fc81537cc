package io.github.dbops.sync.draft;

import java.util.Locale;

/**
 * How many rows a table has.
 *
 * @param rows the number; 0 where nothing is known
 * @param precision how well it is known
 */
public record RowCount(long rows, Precision precision) {

    /** Neither counted nor guessed. */
    public static final RowCount UNKNOWN = new RowCount(0, Precision.UNKNOWN);

    /** How well a number is known. */
    public enum Precision {
        COUNTED("counted"),
        ESTIMATED("estimated"),
        UNKNOWN("unknown");

        private final String word;

        Precision(String word) {
            this.word = word;
        }

        /** The report's word. */
        public String word() {
            return word;
        }
    }

    /** Every row was counted. */
    public static RowCount counted(long rows) {
        return new RowCount(rows, Precision.COUNTED);
    }

    /** What the server guesses; a negative guess is none. */
    public static RowCount estimated(long guess) {
        return guess < 0 ? UNKNOWN : new RowCount(guess, Precision.ESTIMATED);
    }

    /** For people: {@code 1 row}, {@code about 1,200 rows}, {@code rows not counted}. */
    public String words() {
        return switch (precision) {
            case COUNTED -> String.format(Locale.ROOT, "%,d row%s", rows, rows == 1 ? "" : "s");
            case ESTIMATED -> String.format(Locale.ROOT, "about %,d row%s", rows, rows == 1 ? "" : "s");
            case UNKNOWN -> "rows not counted";
        };
    }
}
