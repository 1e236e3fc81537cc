package io.github.dbops.sync;

/** Whether a sync only looks or also writes. */
public enum Execution {
    DRY_RUN("dry-run"),
    APPLY("apply");

    private final String word;

    Execution(String word) {
        this.word = word;
    }

    /** The reports' word. */
    public String word() {
        return word;
    }
}
