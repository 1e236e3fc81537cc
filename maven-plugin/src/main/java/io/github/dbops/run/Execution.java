package io.github.dbops.run;

/** Whether a run only looks or also writes. */
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
