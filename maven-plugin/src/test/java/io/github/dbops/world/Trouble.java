package io.github.dbops.world;

import java.util.List;

/** What a world may have wrong; without any of them a sync must succeed. */
enum Trouble {
    /** Parents that are neither in the target nor inserted. */
    BLOCKED,
    /** Values of unique indexes that meet at the end or on the way; carried ids that others own. */
    COLLISION,
    /** A key more than once in the source. */
    DUPLICATE_SOURCE,
    /** A key more than once in the target. */
    DUPLICATE_TARGET,
    /** Rows of the source without a key. */
    NULL_KEY_SOURCE,
    /** Rows of the target without a key, which is not wrong. */
    NULL_KEY_TARGET,
    /** {@code error_on_conflict}. */
    CONFLICT,
    /** Values that the target's type cannot hold. */
    INEXACT,
    /** Types that cannot be assigned. */
    TYPE_MISMATCH,
    /** A circle of references that nothing breaks. */
    CYCLE,
    /** A reference to an id from a sequence of a table outside of the plan. */
    RAW_REFERENCE,
    /** A key of a type without a common equality. */
    KEY_TYPE,
    /** A column that cannot be carried. */
    UNSUPPORTED_COLUMN,
    /** A value that nothing gives. */
    NOT_PROVIDED,
    /** A protected table to be overwritten without the words. */
    PROTECTED,
    /** A parent outside of the plan that the target lacks, or NULL where the target allows none. */
    CONSTRAINT,
    /** Referenced values, not of a key, that an update changes. */
    REFERENCED_VALUE,
    /** A trigger that changes a compared column. */
    CHANGED_BY_TRIGGER,
    /** A trigger that writes outside of the plan. */
    TOUCHED;

    /** Those of schemas and plans. */
    static final List<Trouble> OF_SCHEMAS =
            List.of(TYPE_MISMATCH, CYCLE, CYCLE, RAW_REFERENCE, KEY_TYPE, UNSUPPORTED_COLUMN, NOT_PROVIDED, PROTECTED);

    /** Those of rows; the more there is to get wrong, the more often. */
    static final List<Trouble> OF_ROWS = List.of(
            BLOCKED,
            BLOCKED,
            BLOCKED,
            BLOCKED,
            BLOCKED,
            BLOCKED,
            COLLISION,
            COLLISION,
            COLLISION,
            COLLISION,
            DUPLICATE_SOURCE,
            DUPLICATE_TARGET,
            NULL_KEY_SOURCE,
            NULL_KEY_TARGET,
            CONFLICT,
            INEXACT,
            CONSTRAINT,
            REFERENCED_VALUE,
            REFERENCED_VALUE,
            CHANGED_BY_TRIGGER,
            TOUCHED);
}
