package io.github.dbops.run;

/**
 * Where a run says what it is doing; implementations decide what of it is shown and when. Never called by two threads at
 * once; several tables may be under way at once all the same, each told by a thread of its own.
 */
public interface Progress {

    /** One line that always matters: which settings won, a retry, who holds a lock. */
    void say(String line);

    /** A new phase begins: {@code compare}, {@code apply}, {@code verify}… */
    void phase(String name);

    /**
     * Work on a table's rows begins in the current phase.
     *
     * @param work what is known of it
     * @return to be told the rows, and closed when the work has ended, well or not
     */
    Rows table(TableWork work);

    /** The rows of one table under way; told by one thread at a time, which need not be the one that began it. */
    interface Rows extends AutoCloseable {

        /**
         * Rows were handled. Cheap: nothing is shown, no clock is looked at.
         *
         * @param soFar how many since the work began
         */
        void handled(long soFar);

        /** No more rows will be told. */
        @Override
        void close();

        /** Shows nothing. */
        Rows UNSEEN = new Rows() {
            @Override
            public void handled(long soFar) {}

            @Override
            public void close() {}
        };
    }

    /** Shows nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {}

        @Override
        public Rows table(TableWork work) {
            return Rows.UNSEEN;
        }
    };
}
