package io.github.dbops.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a script apart into statements, by the rules by which psql does.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical structure</a>
 */
public final class ScriptReader {

    private static final Pattern DOLLAR_QUOTE =
            Pattern.compile("\\$([A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_\\x{80}-\\x{10FFFF}]*)?\\$");
    private static final Pattern WORD =
            Pattern.compile("[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_$\\x{80}-\\x{10FFFF}]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9][A-Za-z0-9_.]*");
    /** pg_dump writes these two around every script; outside psql they mean nothing. */
    private static final Pattern DUMP_GUARD = Pattern.compile("\\\\(un)?restrict [^\\r\\n]*");

    private static final Pattern META_COMMAND = Pattern.compile("\\\\\\S*");

    /** What is told of the parts of a script that are for psql, not for the server. */
    public interface PsqlParts {

        /** Lets the server say that it does not know them. */
        PsqlParts PASSED_ON = new PsqlParts() {
            @Override
            public void metaCommand(String command, int line) {}

            @Override
            public void copyRows(int line) {}
        };

        /** A line such as {@code \\connect}; returns where it is to be read on as if it were SQL, or throws. */
        void metaCommand(String command, int line);

        /** {@code COPY … FROM stdin}, whose rows would follow in the script; returns or throws. */
        void copyRows(int line);
    }

    private final String text;
    private final PsqlParts psql;
    private final List<SqlStatement> statements = new ArrayList<>();
    private int at;
    private int counted;
    private int line = 1;

    /** The statement being read: where it began or -1, its words so far, what is open in it. */
    private int start = -1;

    private final List<String> words = new ArrayList<>();
    private int parentheses;
    private int blocks;

    /**
     * A reader of one script.
     *
     * @param text the whole script
     * @param psql told of what is for psql alone
     */
    public ScriptReader(String text, PsqlParts psql) {
        this.text = text;
        this.psql = psql;
    }

    /** All statements in order, empty ones left out; to be asked once. */
    public List<SqlStatement> statements() {
        while (at < text.length()) {
            readNext();
        }
        endStatement();
        return List.copyOf(statements);
    }

    private void readNext() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            at = after("\n", at);
        } else if (text.startsWith("/*", at)) {
            skipBlockComment();
        } else if (c == '\\') {
            readMetaCommand();
        } else if (c == ';' && parentheses <= 0 && blocks == 0) {
            endStatement();
            at++;
        } else {
            if (start < 0) {
                start = at;
            }
            readToken(c);
        }
    }

    private void readToken(char c) {
        switch (c) {
            case '\'' -> skipQuoted('\'', "e".equals(lastWordBefore(at)));
            case '"' -> skipQuoted('"', false);
            case '$' -> skipDollarQuoted();
            case '(' -> {
                parentheses++;
                at++;
            }
            case ')' -> {
                parentheses--;
                at++;
            }
            default -> {
                Matcher word = matcher(WORD);
                Matcher number = matcher(NUMBER);
                if (word.lookingAt()) {
                    readWord(word.group().toLowerCase(Locale.ROOT));
                    at = word.end();
                } else {
                    // A number is skipped whole, or the e in 1e5 would be a word.
                    at = number.lookingAt() ? number.end() : at + 1;
                }
            }
        }
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    /** A body in BEGIN ATOMIC … END has semicolons of its own; psql counts its blocks the same way. */
    private void readWord(String word) {
        words.add(word);
        if (parentheses == 0 && createsRoutine()) {
            if (word.equals("begin") || (word.equals("case") && blocks > 0)) {
                blocks++;
            } else if (word.equals("end") && blocks > 0) {
                blocks--;
            }
        }
    }

    private boolean createsRoutine() {
        int kind = words.size() > 3 && words.subList(0, 3).equals(List.of("create", "or", "replace")) ? 3 : 1;
        return words.size() > kind
                && words.get(0).equals("create")
                && (words.get(kind).equals("function") || words.get(kind).equals("procedure"));
    }

    /** The word that ends exactly here, in lower case: the E of an escape string. */
    private String lastWordBefore(int position) {
        if (words.isEmpty() || position == 0) {
            return "";
        }
        String last = words.get(words.size() - 1);
        boolean touches = text.regionMatches(true, position - last.length(), last, 0, last.length());
        return touches ? last : "";
    }

    private void skipQuoted(char quote, boolean backslashEscapes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean doubled = c == quote && text.startsWith(String.valueOf(quote), at + 1);
            if (doubled || (c == '\\' && backslashEscapes)) {
                at += 2;
            } else {
                at++;
                if (c == quote) {
                    return;
                }
            }
        }
    }

    private void skipDollarQuoted() {
        Matcher quote = matcher(DOLLAR_QUOTE);
        at = quote.lookingAt() ? after(quote.group(), quote.end()) : at + 1;
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private void readMetaCommand() {
        Matcher guard = matcher(DUMP_GUARD);
        if (start < 0 && guard.lookingAt()) {
            at = guard.end();
            return;
        }
        Matcher command = matcher(META_COMMAND);
        String name = command.lookingAt() ? command.group() : "\\";
        psql.metaCommand(name, line(at));
        start = start < 0 ? at : start;
        at += name.length();
    }

    private void endStatement() {
        if (start >= 0) {
            if (!words.isEmpty() && words.get(0).equals("copy") && words.contains("stdin")) {
                psql.copyRows(line(start));
            }
            statements.add(new SqlStatement(line(start), text.substring(start, Math.min(at, text.length())), words));
        }
        start = -1;
        words.clear();
        parentheses = 0;
        blocks = 0;
    }

    /** Asked with positions that only grow. */
    private int line(int position) {
        for (; counted < position; counted++) {
            if (text.charAt(counted) == '\n') {
                line++;
            }
        }
        return line;
    }
}
