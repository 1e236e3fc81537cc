package io.github.dbops.world;

import io.github.dbops.problem.Code;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Why the contract forbids a run, by the family of problems that may say so. */
enum Reason {
    /** {@code local_wins} on a protected table, and the two words were not said. */
    PROTECTED(Code.PROTECTED_OVERWRITE),
    /** A key column of a type without an equality that both servers share. */
    KEY_TYPE(Code.KEY_TYPE_UNSUPPORTED),
    /** A column that cannot be carried, such as an {@code oid}. */
    UNSUPPORTED_COLUMN(Code.COLUMN_UNSUPPORTED),
    /** The target demands a value that nothing gives. */
    NOT_PROVIDED(Code.COLUMN_NOT_PROVIDED),
    /** Types that PostgreSQL does not assign to each other. */
    TYPE_MISMATCH(Code.TYPE_MISMATCH),
    /** References in a circle that nothing can break. */
    CYCLE(Code.FOREIGN_KEY_CYCLE),
    /** A reference to an id from a sequence of a table outside of the plan. */
    RAW_REFERENCE(Code.SURROGATE_REFERENCED),
    /** A value that the target's type would cut or round. */
    INEXACT(Code.VALUE_NOT_EXACT),
    /** A source row without a key. */
    NULL_KEY(Code.KEY_NULL_IN_SOURCE),
    /** Several source rows for one key. */
    DUPLICATE_SOURCE(Code.KEY_DUPLICATE_IN_SOURCE),
    /** Several target rows for one key. */
    DUPLICATE_TARGET(Code.KEY_DUPLICATE_IN_TARGET),
    /** {@code error_on_conflict}, and a key is on both sides. */
    CONFLICT(Code.CONFLICTS_FOUND),
    /** Two rows for one entry of a unique index, at the end or on the way. */
    COLLISION(Code.UNIQUE_COLLISION),
    /** Likewise, through a value that the target's default gives an inserted row; a dry-run need not know it. */
    COLLISION_OF_DEFAULTS(Code.UNIQUE_COLLISION, Code.CONSTRAINT_VIOLATED),
    /** A row to write whose parent will not be there. */
    BLOCKED(Code.ROWS_BLOCKED),
    /** A row that a constraint of the target refuses, which a dry-run need not know. */
    CONSTRAINT(Code.CONSTRAINT_VIOLATED),
    /** A row to write whose references share a column and want two values of it. */
    TORN_REFERENCES(Code.ROWS_BLOCKED, Code.CONSTRAINT_VIOLATED, Code.VERIFICATION_FAILED),
    /** An update of a value that rows of the target reference: refused, cascaded and then refused, or harmless. */
    REFERENCED_VALUE_CHANGES(
            Code.CONSTRAINT_VIOLATED,
            Code.VERIFICATION_FAILED,
            Code.PROTECTED_TABLE_TOUCHED,
            Code.UNPLANNED_TABLE_TOUCHED),
    /** A trigger changes a compared column of a row that is written. */
    CHANGED_BY_TRIGGER(Code.VERIFICATION_FAILED),
    /** A trigger writes a table that the plan does not allow to be written. */
    TOUCHED(Code.UNPLANNED_TABLE_TOUCHED);

    private final Set<String> codes;

    Reason(Code... codes) {
        this.codes = Set.of(codes).stream().map(Code::id).collect(Collectors.toUnmodifiableSet());
    }

    /** The codes of all problems that may say one of the reasons. */
    static Set<String> codes(Collection<Reason> reasons) {
        return reasons.stream().flatMap(reason -> reason.codes.stream()).collect(Collectors.toSet());
    }

    static Set<Reason> none() {
        return EnumSet.noneOf(Reason.class);
    }
}
