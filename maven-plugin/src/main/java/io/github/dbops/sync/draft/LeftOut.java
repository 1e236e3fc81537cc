package io.github.dbops.sync.draft;

/**
 * A relation that gets no entry.
 *
 * @param name as a plan would call it, or as the catalog does where a plan cannot
 * @param why why not
 */
public record LeftOut(String name, Why why) {

    /** Why a relation gets no entry. */
    public enum Why {
        VIEW("view", "Views"),
        PARTITION("partition", "Partitions, which are carried with their table"),
        FOREIGN("foreign-table", "Foreign tables"),
        HISTORY("migration-history", "Histories of migrations, which are each database's own"),
        EXTENSION("extension", "Tables of extensions"),
        OWN("dbops", "dbops' own records"),
        UNNAMEABLE("no-name", "Tables that a plan cannot name");

        private final String word;
        private final String title;

        Why(String word, String title) {
            this.word = word;
            this.title = title;
        }

        /** The report's word. */
        public String word() {
            return word;
        }

        /** For people, as the head of a list. */
        public String title() {
            return title;
        }
    }
}
