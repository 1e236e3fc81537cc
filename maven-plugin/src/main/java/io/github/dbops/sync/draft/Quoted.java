package io.github.dbops.sync.draft;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Names in sentences. Whatever a name holds, it stays on its line and shows itself: characters that break lines, hide or
 * reorder text become escapes, as JSON has them.
 */
public final class Quoted {

    // Letters by their category, and yet nothing is drawn for them.
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0";

    private Quoted() {}

    /** In double quotes, as in JSON: what stands there can be copied into a plan. */
    public static String name(String name) {
        return '"' + escaped(name.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** Several, with commas between. */
    public static String names(Collection<String> names) {
        return names.stream().map(Quoted::name).collect(Collectors.joining(", "));
    }

    /** Without quotes. */
    public static String visible(String text) {
        return escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> escape(escaped, c);
                default -> {
                    if (FILLERS.indexOf(c) >= 0) {
                        escape(escaped, c);
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static void escape(StringBuilder text, int c) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    text.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }
}
