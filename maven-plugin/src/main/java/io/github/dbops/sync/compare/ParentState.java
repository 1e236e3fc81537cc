package io.github.dbops.sync.compare;

/** How a reference of a source row stands, as far as the source can tell. */
enum ParentState {
    /** It is NULL. */
    NONE,
    /** It leads to a row that is not there, or has no natural key. */
    UNTOLD,
    /** It leads to a row that the plan carries, so that the target has it or gets it, unless it is blocked. */
    CARRIED,
    /** It leads to a row that the plan leaves out: by its condition, or because the table is only looked up. */
    LEFT_OUT
}
