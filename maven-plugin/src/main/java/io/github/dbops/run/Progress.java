package io.github.dbops.run;

/** Where a run says what it is doing; implementations decide what of it is shown and when. Never called by two threads at once. */
public interface Progress {

    /** One line that always matters: which settings won, a retry, who holds a lock. */
    void say(String line);

    /** A new phase begins: {@code compare}, {@code apply}, {@code verify}… */
    void phase(String name);

    /**
     * Rows of a table were handled in the current phase.
     *
     * @param table the table, for people
     * @param rows how many so far
     */
    void rows(String table, long rows);

    /** Shows nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {}

        @Override
        public void rows(String table, long rows) {}
    };
}
