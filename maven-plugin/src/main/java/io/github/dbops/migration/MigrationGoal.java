package io.github.dbops.migration;

/** Which of the three goals a run is of. */
public enum MigrationGoal {
    STATUS("migrate-status"),
    DEPLOY("migrate-deploy"),
    RESOLVE("resolve");

    private final String word;

    MigrationGoal(String word) {
        this.word = word;
    }

    /** The goal's name, and its reports'. */
    public String word() {
        return word;
    }
}
