package io.github.dbops.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place where data becomes part of a Markdown text, made so that it stays data: no table cell, HTML, link,
 * image, mention, issue or commit reference, emoji, formula, list, heading or command can come of it, on GitHub or
 * elsewhere. What could mean anything is set as code, where none of this is looked for.
 *
 * @see <a href="https://github.github.com/gfm/#code-spans">GitHub Flavored Markdown, code spans</a>
 */
final class MarkdownText {

    // A backtick would end the span, a pipe the table's cell; a backslash before a pipe is read differently by each
    // renderer. Everything else is literal between backticks.
    private static final Pattern SPAN = Pattern.compile("[^`|\\\\ ](?:[^`|\\\\]*[^`|\\\\ ])?");

    // A word with the punctuation of prose around it, which stays outside the code.
    private static final Pattern WORD = Pattern.compile("([\"'(]*)(.*?)([\"').,;:!?]*)");

    private static final Pattern CALM = Pattern.compile("[\\p{L}\\p{M}\\p{N}.,;?!()'\"%+=/-]*");

    // www. links itself, GH-12 and other letters-number are references, and so is a commit's hash.
    private static final Pattern LINKING =
            Pattern.compile("(?i)www\\.|\\p{L}-\\p{N}|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])", Pattern.UNICODE_CASE);

    // At a line's start these begin a list, a heading's underline, or a robot's command.
    private static final Pattern OPENING = Pattern.compile("[-+=/].*|\\p{N}+[.)].*", Pattern.DOTALL);

    private MarkdownText() {}

    /**
     * Prose that holds data, on one line: words stay words, anything else in it becomes code.
     *
     * @param data any text
     * @param longest in characters; a longer text is cut in the middle
     */
    static String sentence(String data, int longest) {
        StringBuilder text = new StringBuilder();
        String line = Visible.middle(data, longest).replaceAll("\\R|\t", " ").strip();
        for (String word : Visible.shortened(line, longest).split(" +")) {
            text.append(text.isEmpty() ? word(word, OPENING.matcher(word).matches()) : " " + word(word, false));
        }
        return text.toString();
    }

    /**
     * A step to take: a sentence, and from a Maven command on a piece of code that can be copied.
     *
     * @param data any text
     * @param longest in characters
     */
    static String step(String data, int longest) {
        int command = data.startsWith("mvn ") ? 0 : data.indexOf(" mvn ") + 1;
        if (command == 0 && !data.startsWith("mvn ")) {
            return sentence(data, longest);
        }
        String before = command == 0 ? "" : sentence(data.substring(0, command), longest) + " ";
        return before + code(data.substring(command), longest);
    }

    /**
     * A name or value as code.
     *
     * @param data any text
     * @param longest in characters
     */
    static String code(String data, int longest) {
        String shown = Visible.shortened(data, longest);
        return SPAN.matcher(shown).matches() ? "`" + shown + "`" : html(shown, longest);
    }

    /**
     * A name or value as code for a place where HTML stands, which is good between Markdown as well: there too, every
     * character that means something to it is written by its number.
     *
     * @param data any text
     * @param longest in characters
     */
    static String html(String data, int longest) {
        StringBuilder text = new StringBuilder("<code>");
        String shown = Visible.shortened(data, longest);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c > 0x7e || Character.isLetterOrDigit(c) || " -,=/()".indexOf(c) >= 0 || joins(shown, i)) {
                text.append(c);
            } else {
                text.append("&#").append((int) c).append(';');
            }
            text.append(linksOn(shown, i) ? "<!-- -->" : "");
        }
        return text.append("</code>").toString();
    }

    // Some renderers look for links once numbers are decoded; a comment keeps an address's parts from being one text.
    private static boolean linksOn(String text, int i) {
        return switch (text.charAt(i)) {
            case '@' -> true;
            case ':' -> text.startsWith("/", i + 1);
            case '.' -> i > 0 && "wW".indexOf(text.charAt(i - 1)) >= 0;
            default -> false;
        };
    }

    // Within a word an underscore is no emphasis, and a dot is no link but after www.
    private static boolean joins(String text, int i) {
        char c = text.charAt(i);
        return (c == '_' || c == '.')
                && i > 0
                && i + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isLetterOrDigit(text.charAt(i + 1))
                && !linksOn(text, i);
    }

    private static String word(String word, boolean opening) {
        Matcher parts = WORD.matcher(word);
        if (!parts.matches() || parts.group(2).isEmpty()) {
            return opening ? code(word, word.length()) : word;
        }
        String core = parts.group(2);
        boolean calm = CALM.matcher(core).matches() && !LINKING.matcher(core).find();
        return parts.group(1) + (calm && !opening ? core : code(core, core.length())) + parts.group(3);
    }
}
