package io.github.dbops.migration;

/** Whose migrations they are. */
public enum EngineName {
    PRISMA("prisma", "Prisma"),
    FLYWAY("flyway", "Flyway");

    private final String word;
    private final String title;

    EngineName(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** The word of {@code dbops.engine} and of the reports. */
    public String word() {
        return word;
    }

    /** The name, for people. */
    public String title() {
        return title;
    }
}
