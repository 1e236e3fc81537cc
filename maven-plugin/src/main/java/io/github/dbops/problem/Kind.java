package io.github.dbops.problem;

/** Whether dbops looked and the answer is no, or could not look. */
public enum Kind {
    /** dbops looked at everything it needed, and the answer is no: the build fails. */
    REFUSAL,
    /** dbops could not look: a setting, a file, a connection or the database itself is in the way. */
    FAULT
}
