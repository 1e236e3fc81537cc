package io.github.dbops.sync;

/** The plan's {@code report.samples}: how much of a row reports may show. */
public enum SampleDetail {
    NONE("none"),
    KEYS("keys"),
    VALUES("values");

    private final String word;

    SampleDetail(String word) {
        this.word = word;
    }

    /** The plan's word. */
    public String word() {
        return word;
    }
}
