package io.github.dbops.sync;

/** How a row that a run has written stands to an undo of the run. */
public enum UndoState {
    /** The run updated it, and nobody has changed it since: gets its former values back. */
    RESTORE("restore"),
    /** The run inserted it, nobody has changed it since, and no row that stays refers to it: is deleted. */
    DELETE("delete"),
    /** An update whose former values are back, or an insert that is gone: nothing is left to do. */
    ALREADY("already"),
    /** Somebody has changed it since. */
    CHANGED("changed"),
    /** A row that stays refers to it. */
    REFERENCED("referenced"),
    /** Another row has, of its former values, what only one row may have. */
    TAKEN("taken"),
    /** Its former values refer to a row that is gone. */
    PARENT_GONE("parent-gone"),
    /** The run updated it, and no row has its key any more. */
    GONE("gone"),
    /** The table is not as it was: the row cannot be told to be unchanged. */
    TABLE_CHANGED("table-changed"),
    /** The run left nothing of it to go by: the plan kept the table's rows out of the record. */
    UNRECORDED("unrecorded");

    private final String word;

    UndoState(String word) {
        this.word = word;
    }

    /** The reports' word. */
    public String word() {
        return word;
    }

    /** Whether an undo writes the row. */
    public boolean isReverted() {
        return this == RESTORE || this == DELETE;
    }

    /** Whether the row is left as the run, or others since, have left it, although the run had changed it. */
    public boolean isLeft() {
        return !isReverted() && this != ALREADY;
    }
}
