package io.github.dbops.env;

import io.github.dbops.env.DotenvParser.MalformedText;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${NAME-default}} in one value, as
 * dotenv-expand does; what a reference is replaced by is not looked at again.
 */
final class DotenvInterpolation {

    private static final Map<Character, Character> ESCAPES =
            Map.of('n', '\n', 'r', '\r', 't', '\t', '\\', '\\', '"', '"', '$', '$');

    private static final Map<Character, Character> DOLLAR_ONLY = Map.of('$', '$');

    private final String text;
    private final Function<String, @Nullable String> variables;
    private boolean dangling;

    /**
     * @param text the whole file, so that positions are the file's
     * @param variables a variable's value, null where it is not set
     */
    DotenvInterpolation(String text, Function<String, @Nullable String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /** A reference was replaced by nothing, its variable being set nowhere. */
    boolean dangling() {
        return dangling;
    }

    /** The part of the text as an unquoted value means it. */
    String expanded(int from, int to) {
        return expand(from, to, DOLLAR_ONLY);
    }

    /** The part of the text as a double-quoted value means it. */
    String escapedAndExpanded(int from, int to) {
        return expand(from, to, ESCAPES);
    }

    private String expand(int from, int to, Map<Character, Character> escapes) {
        StringBuilder value = new StringBuilder();
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            Character next = at + 1 < to ? text.charAt(at + 1) : '\0';
            if (c == '\\' && escapes.containsKey(next)) {
                value.append(escapes.get(next));
                at += 2;
            } else if (c == '$' && next == '{') {
                int close = closing(at, to);
                value.append(braced(at + 2, close, escapes));
                at = close + 1;
            } else if (c == '$' && isNameStart(next)) {
                int end = nameEnd(at + 1, to);
                value.append(valueOf(text.substring(at + 1, end)));
                at = end;
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString();
    }

    private String braced(int from, int to, Map<Character, Character> escapes) {
        int end = nameEnd(from, to);
        String name = text.substring(from, end);
        if (name.isEmpty()) {
            throw new MalformedText(
                    from, "Expected a variable's name after '${'. A dollar sign itself is written \\$.");
        }
        if (end == to) {
            return valueOf(name);
        }
        String value = variables.apply(name);
        if (text.startsWith(":-", end)) {
            return value == null || value.isEmpty() ? expand(end + 2, to, escapes) : value;
        }
        if (text.charAt(end) == '-') {
            return value == null ? expand(end + 1, to, escapes) : value;
        }
        throw new MalformedText(
                end, "Expected '}' or ':-' after the name in '${'. A dollar sign itself is written \\$.");
    }

    private String valueOf(String name) {
        String value = variables.apply(name);
        if (value == null) {
            dangling = true;
            return "";
        }
        return value;
    }

    /** The brace that closes the one after the dollar sign; defaults may hold references themselves. */
    private int closing(int dollar, int to) {
        int depth = 0;
        for (int at = dollar + 1; at < to; at++) {
            char c = text.charAt(at);
            if (c == '{' && text.charAt(at - 1) == '$') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at;
            }
        }
        throw new MalformedText(dollar, "Expected '}' to close this '${'. A dollar sign itself is written \\$.");
    }

    private int nameEnd(int from, int to) {
        int end = from;
        while (end < to && (isNameStart(text.charAt(end)) || end > from && isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
