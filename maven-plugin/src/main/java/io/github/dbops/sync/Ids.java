package io.github.dbops.sync;

/** What an inserted row's surrogate key becomes; default: kept where plain, generated where it is sequence-backed. */
public enum Ids {
    /** Carried over from the source. */
    KEEP("keep"),
    /** Left to the target's own default. */
    GENERATE("generate");

    private final String word;

    Ids(String word) {
        this.word = word;
    }

    /** The plan's word. */
    public String word() {
        return word;
    }
}
