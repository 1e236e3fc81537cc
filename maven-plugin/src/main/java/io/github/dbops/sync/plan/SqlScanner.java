package io.github.dbops.sync.plan;

import io.github.dbops.sync.plan.SqlCondition.Flaw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks over SQL token by token, as PostgreSQL does, up to the first thing that a condition must not have. Where servers
 * of different versions read a text differently, the text is refused.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical structure</a>
 */
final class SqlScanner {

    /** What a backslash in a plain string is. */
    enum Backslash {
        CHARACTER,
        ESCAPE
    }

    // Letters right after it are junk since PostgreSQL 15 and a token of their own before, so 1E'\'' and 0x1$a$ have
    // two readings.
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F_]++|0[oO][0-7_]++|0[bB][01_]++"
            + "|[0-9][0-9_]*+(?:\\.[0-9_]*+)?(?:[eE][+-]?[0-9][0-9_]*+)?");
    private static final Pattern DOLLAR_QUOTE =
            Pattern.compile("\\$(?:[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_\\x{80}-\\x{10FFFF}]*+)?\\$");

    private final String sql;
    private final Backslash plainStrings;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int at;
    private boolean anything;
    private @Nullable Flaw flaw;

    SqlScanner(String sql, Backslash plainStrings) {
        this.sql = sql;
        this.plainStrings = plainStrings;
    }

    /** The first flaw; to be asked once. */
    Optional<Flaw> flaw() {
        while (flaw == null && at < sql.length()) {
            next();
        }
        if (flaw == null && !open.isEmpty()) {
            refuse(open.peek(), "this parenthesis is never closed.", "Close it, or remove it.");
        }
        if (flaw == null && !anything) {
            refuse(0, "there is nothing but white space and comments.", "Write a condition, or remove \"where\".");
        }
        return Optional.ofNullable(flaw);
    }

    private void next() {
        char c = sql.charAt(at);
        if (isSpace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            lineComment();
        } else if (sql.startsWith("/*", at)) {
            blockComment();
        } else {
            anything = true;
            token(c);
        }
    }

    private void token(char c) {
        switch (c) {
            case '\'' -> string(plainStrings);
            case '"' -> quotedName();
            case '$' -> dollarQuote();
            case '(' -> open.push(at++);
            case ')' -> close();
            case ';' -> refuse(at, "a semicolon ends the statement.", "Remove it: \"where\" is one condition.");
            case '\u000B' -> refuse(at, "a vertical tab is no white space before PostgreSQL 16.", "Write a space.");
            default -> {
                if (isDigit(c)) {
                    number();
                } else if (isNameStart(c)) {
                    word(c);
                } else {
                    at++;
                }
            }
        }
    }

    private void close() {
        if (open.isEmpty()) {
            refuse(at, "this parenthesis closes none.", "Open it, or remove it.");
        } else {
            open.pop();
            at++;
        }
    }

    // E'…' has escapes; B'…', X'…' and U&'…' have none; N'…' is a plain string.
    private void word(char c) {
        boolean quoted = sql.startsWith("'", at + 1);
        if (quoted && "eE".indexOf(c) >= 0) {
            at++;
            string(Backslash.ESCAPE);
        } else if (quoted && "bBxX".indexOf(c) >= 0) {
            at++;
            string(Backslash.CHARACTER);
        } else if ("uU".indexOf(c) >= 0 && sql.startsWith("&'", at + 1)) {
            at += 2;
            string(Backslash.CHARACTER);
        } else {
            while (at < sql.length() && isNamePart(sql.charAt(at))) {
                at++;
            }
        }
    }

    private void string(Backslash backslash) {
        int start = at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && backslash == Backslash.ESCAPE) {
                at += 2;
            } else if (c != '\'') {
                at++;
            } else if (sql.startsWith("''", at)) {
                at += 2;
            } else {
                at++;
                refuseContinuation();
                return;
            }
        }
        refuse(start, "this string is never closed.", "Close it with ', and write ' inside it as ''.");
    }

    // PostgreSQL joins strings with a line break between, and goes on in the first one's kind: E'a'⏎'\'' is one string.
    private void refuseContinuation() {
        int ahead = at;
        boolean lineBreak = false;
        while (ahead < sql.length()) {
            if (isSpace(sql.charAt(ahead)) || sql.charAt(ahead) == '\u000B') {
                lineBreak |= isLineBreak(sql.charAt(ahead));
                ahead++;
            } else if (sql.startsWith("--", ahead)) {
                ahead = endOfLine(ahead);
            } else {
                break;
            }
        }
        if (lineBreak && sql.startsWith("'", ahead)) {
            refuse(ahead, "a string goes on in another line.", "Write it as one string, or join the two with ||.");
        }
    }

    private void quotedName() {
        int end = sql.indexOf('"', at + 1);
        if (end < 0) {
            refuse(at, "this quoted name is never closed.", "Close it with \\\", and write \\\" inside it twice.");
        } else {
            // A doubled quote reads as two names side by side, which ends at the same place.
            at = end + 1;
        }
    }

    private void dollarQuote() {
        Matcher opening = DOLLAR_QUOTE.matcher(sql).region(at, sql.length());
        if (!opening.lookingAt()) {
            boolean parameter = at + 1 < sql.length() && isDigit(sql.charAt(at + 1));
            refuse(
                    at,
                    parameter ? "a condition takes no parameters." : "a dollar sign begins nothing here.",
                    "Write the value itself.");
            return;
        }
        int end = sql.indexOf(opening.group(), opening.end());
        if (end < 0) {
            refuse(at, "this dollar-quoted string is never closed.", "Close it with " + opening.group() + ".");
        } else {
            at = end + opening.group().length();
        }
    }

    private void number() {
        Matcher number = NUMBER.matcher(sql).region(at, sql.length());
        if (!number.lookingAt()) {
            throw new IllegalStateException("a digit begins a number");
        }
        at = number.end();
        if (at < sql.length() && isNamePart(sql.charAt(at))) {
            refuse(at, "a letter or dollar sign follows a number.", "Put a space between.");
        }
    }

    private void lineComment() {
        at = endOfLine(at);
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        if (depth > 0) {
            refuse(start, "this comment is never closed.", "Close it with */; comments nest.");
        }
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < sql.length() && !isLineBreak(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void refuse(int index, String reason, String next) {
        flaw = new Flaw(index, reason, next);
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\f' || isLineBreak(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    // Any character beyond ASCII is a letter to PostgreSQL, no-break spaces included.
    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
