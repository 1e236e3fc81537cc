package io.github.dbops.sync.plan;

import java.util.Optional;

/**
 * Whether a text is one SQL condition and nothing more. The comparison sends it between parentheses, a line break before
 * the closing one; a plan comes with a pull request, so no text may close that parenthesis or begin another statement.
 * Whether the condition makes sense is the database's question.
 */
final class SqlCondition {

    private SqlCondition() {}

    /**
     * What is wrong with a condition; empty where nothing is.
     *
     * <p>A backslash in a plain string is a character or an escape, as {@code standard_conforming_strings} says at the
     * server; a condition must be one condition under both settings.
     */
    static Optional<Flaw> flaw(String sql) {
        return new SqlScanner(sql, SqlScanner.Backslash.CHARACTER)
                .flaw()
                .or(() -> new SqlScanner(sql, SqlScanner.Backslash.ESCAPE)
                        .flaw()
                        .map(flaw -> new Flaw(
                                flaw.index(),
                                "a backslash in a plain string can be read in two ways, and in one of them "
                                        + flaw.reason(),
                                "Write the string with an E before it and each backslash doubled: E'C:\\\\'.")));
    }

    /**
     * Why a text is not one condition.
     *
     * @param index of the character at fault, from 0
     * @param reason a clause that ends in a full stop
     * @param next what to do about it
     */
    record Flaw(int index, String reason, String next) {}
}
