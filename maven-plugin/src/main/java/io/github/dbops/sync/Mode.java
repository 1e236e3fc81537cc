package io.github.dbops.sync;

/** What a plan entry allows to happen to a table's rows; the plan writes it in lower case. */
public enum Mode {
    /** Neither read for its rows nor written. */
    SKIP("skip"),
    /** Rows whose key is missing in the target are inserted. */
    APPEND("append"),
    /** Missing rows are inserted; what happens to the others is up to {@link OnConflict}. */
    UPSERT("upsert");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /** The plan's and the reports' word. */
    public String word() {
        return word;
    }
}
