package io.github.dbops.postgres;

/** What became of a transaction whose client lost the connection while committing; see {@link TransactionMark}. */
public enum TransactionFate {
    COMMITTED,
    ABORTED,
    /** The server is still at it: it may yet become either. */
    IN_PROGRESS,
    /** The server cannot tell, or what it says may be about another transaction. */
    UNKNOWN
}
