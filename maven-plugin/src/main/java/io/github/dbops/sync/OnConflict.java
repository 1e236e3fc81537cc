package io.github.dbops.sync;

/** Who wins where a key is on both sides; only {@link Mode#UPSERT} asks. */
public enum OnConflict {
    /** The target's row stays as it is. */
    PROD_WINS("prod_wins"),
    /** The target's row becomes the source's, where it differs. */
    LOCAL_WINS("local_wins"),
    /** Any key on both sides fails the run before anything is written. */
    ERROR_ON_CONFLICT("error_on_conflict");

    private final String word;

    OnConflict(String word) {
        this.word = word;
    }

    /** The plan's and the reports' word. */
    public String word() {
        return word;
    }
}
