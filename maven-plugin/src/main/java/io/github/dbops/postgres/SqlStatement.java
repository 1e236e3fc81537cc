package io.github.dbops.postgres;

import java.util.List;

/**
 * One statement of a script, without the semicolon that ends it.
 *
 * @param line where it begins, the first being 1
 * @param sql from its first word on
 * @param words its words outside quotes and comments, in lower case, in order
 */
public record SqlStatement(int line, String sql, List<String> words) {

    public SqlStatement {
        words = List.copyOf(words);
    }

    /** Whether it begins with these words. */
    public boolean beginsWith(String... first) {
        return words.size() >= first.length && words.subList(0, first.length).equals(List.of(first));
    }

    /** The line of a character of the statement, counted from 1 as PostgreSQL counts; 0: of its beginning. */
    public int lineAt(int position) {
        int end = sql.offsetByCodePoints(0, Math.max(0, Math.min(position - 1, sql.codePointCount(0, sql.length()))));
        return line + (int) sql.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
