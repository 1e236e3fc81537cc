package io.github.dbops.env;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an env file's text once, from the top. What is malformed is said with its place and what was expected there,
 * never with the text that stands there: that may be half a password.
 */
final class DotenvParser {

    private static final String UTF8_BOM = "\uFEFF";

    private final String text;
    private final String shown;
    private final Map<String, String> environment;
    private final Map<String, DotenvFile.Variable> variables = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int at;

    DotenvParser(String text, String shown, Map<String, String> environment) {
        String withoutMark = text.startsWith(UTF8_BOM) ? text.substring(1) : text;
        this.text = withoutMark.replace("\r\n", "\n").replace('\r', '\n');
        this.shown = shown;
        this.environment = environment;
    }

    /**
     * All definitions in the file's order, later ones in place of earlier ones.
     *
     * @throws ProblemException ENV_FILE_MALFORMED for every malformed line
     */
    Map<String, DotenvFile.Variable> variables() {
        while (at < text.length()) {
            try {
                line();
            } catch (MalformedText malformed) {
                problems.add(problem(malformed));
                // The value may be read to its end already: what follows it is the next definition.
                at = Math.max(at, malformed.offset());
            }
            at = endOfLine(at) + 1;
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
        return variables;
    }

    private void line() {
        skipBlanks();
        if (endsHere()) {
            return;
        }
        int start = at;
        String name = name();
        if (name.equals("export") && isBlank(peek()) && isNamePart(charAt(afterBlanks(at)))) {
            skipBlanks();
            name = name();
        }
        skipBlanks();
        separator();
        skipBlanks();
        DotenvInterpolation references = new DotenvInterpolation(text, this::lookUp);
        String value = value(references);
        // Removed first, so that the map's order is that of the definitions that count.
        variables.remove(name);
        variables.put(name, new DotenvFile.Variable(Secret.of(value), lineOf(start), references.dangling()));
    }

    private String name() {
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        if (at == start) {
            throw new MalformedText(at, "Expected a variable's name: letters, digits, '_', '.' and '-'.");
        }
        return text.substring(start, at);
    }

    private void separator() {
        boolean yaml = peek() == ':' && (isBlank(charAt(at + 1)) || charAt(at + 1) == '\n');
        if (peek() != '=' && !yaml) {
            throw new MalformedText(at, "Expected '=' after the variable's name.");
        }
        at++;
    }

    private String value(DotenvInterpolation references) {
        return switch (peek()) {
            case '\'', '`' -> literal();
            case '"' -> doubleQuoted(references);
            default -> unquoted(references);
        };
    }

    private String literal() {
        int open = at;
        int close = text.indexOf(text.charAt(open), open + 1);
        nothingAfter(open, close);
        return text.substring(open + 1, close);
    }

    private String doubleQuoted(DotenvInterpolation references) {
        int open = at;
        int close = open + 1;
        while (close < text.length() && text.charAt(close) != '"') {
            close += text.charAt(close) == '\\' ? 2 : 1;
        }
        nothingAfter(open, close < text.length() ? close : -1);
        return references.escapedAndExpanded(open + 1, close);
    }

    private String unquoted(DotenvInterpolation references) {
        int start = at;
        int end = start;
        int stop = endOfLine(start);
        while (end < stop && !(text.charAt(end) == '#' && isBlank(text.charAt(end - 1)))) {
            end++;
        }
        at = stop;
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return references.expanded(start, end);
    }

    private void nothingAfter(int open, int close) {
        if (close < 0) {
            throw new MalformedText(open, "Expected a closing quote: the value that begins here has none.");
        }
        at = close + 1;
        skipBlanks();
        if (!endsHere()) {
            throw new MalformedText(
                    at,
                    "Expected the end of the line or a comment: the value that begins with the quote at "
                            + place(open)
                            + " ends before this.");
        }
    }

    private @Nullable String lookUp(String name) {
        DotenvFile.Variable earlier = variables.get(name);
        // The file's own definition first: a shell that has loaded .env must not redirect .env.production.
        return earlier != null ? earlier.value().reveal() : environment.get(name);
    }

    private Problem problem(MalformedText malformed) {
        return Problem.of(
                        Code.ENV_FILE_MALFORMED,
                        "Malformed line in the env file " + shown + ".",
                        malformed.expected(),
                        "Correct the line; docs/environments.md has the rules."
                                + " A value with spaces, quotes, '#' or '$' is safe in single quotes.")
                .at(shown + ":" + place(malformed.offset()));
    }

    private String place(int offset) {
        return lineOf(offset) + ":" + (offset - text.lastIndexOf('\n', offset - 1));
    }

    private int lineOf(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private boolean endsHere() {
        return at >= text.length() || peek() == '\n' || peek() == '#';
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', Math.min(from, text.length()));
        return end < 0 ? text.length() : end;
    }

    private void skipBlanks() {
        at = afterBlanks(at);
    }

    private int afterBlanks(int from) {
        int next = from;
        while (isBlank(charAt(next))) {
            next++;
        }
        return next;
    }

    private char peek() {
        return charAt(at);
    }

    /** A line's end where the text ends, so that callers need not ask twice. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\n';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }

    /** What was expected where; carries no stack trace, for it never leaves this package. */
    static final class MalformedText extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int offset;
        private final String expected;

        MalformedText(int offset, String expected) {
            super(expected, null, false, false);
            this.offset = offset;
            this.expected = expected;
        }

        int offset() {
            return offset;
        }

        String expected() {
            return expected;
        }
    }
}
