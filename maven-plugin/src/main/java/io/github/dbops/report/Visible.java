package io.github.dbops.report;

/**
 * Data made visible: characters that move, hide or reorder text (controls, line breaks, bidirectional and zero-width
 * marks, half surrogates) become backslash escapes, so that no value can draw on a terminal or pass for another.
 */
final class Visible {

    // Letters by their category, and yet nothing is drawn for them.
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0";

    private Visible() {}

    /** The data on one line, everything else in it as it is. */
    static String of(String data) {
        StringBuilder text = new StringBuilder(data.length());
        data.codePoints().forEach(c -> append(text, c));
        return text.toString();
    }

    /** Made visible, and of at most the given number of characters, cut in the middle where longer. */
    static String shortened(String data, int most) {
        // What is far beyond the limit is cut first: a value of megabytes is not escaped for nothing.
        return middle(of(middle(data, most)), most);
    }

    /** The text, or its beginning and end with three dots between. */
    static String middle(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int tail = (most - 3) / 2;
        int head = most - 3 - tail;
        int headEnd = Character.isHighSurrogate(text.charAt(head - 1)) ? head - 1 : head;
        int tailStart = text.length() - tail;
        int start = Character.isLowSurrogate(text.charAt(tailStart)) ? tailStart + 1 : tailStart;
        return text.substring(0, headEnd) + "..." + text.substring(start);
    }

    private static void append(StringBuilder text, int c) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (isHidden(c)) {
                    text.append(c > 0xffff ? "\\u{%x}".formatted(c) : "\\u%04x".formatted(c));
                } else {
                    text.appendCodePoint(c);
                }
            }
        }
    }

    /** Whether a character moves, hides or reorders text. */
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> FILLERS.indexOf(c) >= 0;
        };
    }
}
