package io.github.dbops.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Data enters through {@link #text} alone and stays text there; everything else is our own.
 *
 * @param html well-formed, escaped
 */
record Markup(String html) {

    /** Nothing at all. */
    static final Markup NONE = new Markup("");

    // A page must open, whatever a database said; a value of megabytes is of no use to its reader.
    private static final int LONGEST_TEXT = 4_000;

    /** Data as text, invisible characters made visible; cut in the middle where it is very long. */
    static Markup text(String data) {
        return new Markup(escaped(Visible.shortened(data, LONGEST_TEXT)));
    }

    /** Data of several lines, a line each, blank ones left out. */
    static Markup prose(String data) {
        return new Markup(Visible.middle(data, LONGEST_TEXT)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> text(line).html())
                .collect(Collectors.joining("\n")));
    }

    /** A name, a place or a value: apart from the words around it, whichever way it is written. */
    static Markup code(String data) {
        return element("code", text(data));
    }

    /** Something to be copied whole, such as a command. */
    static Markup copied(String data) {
        return element("code class=\"copy\"", text(data));
    }

    /**
     * An element.
     *
     * @param tag its name, and its attributes; own words only
     * @param content what is in it
     */
    static Markup element(String tag, Markup... content) {
        return new Markup("<" + tag + ">" + join(List.of(content)).html() + "</" + tag.split(" ", 2)[0] + ">");
    }

    /**
     * An element with data in an attribute.
     *
     * @param tag its name, and its other attributes; own words only
     * @param attribute the attribute's name
     * @param data its value
     * @param content what is in it
     */
    static Markup element(String tag, String attribute, String data, Markup content) {
        return element(tag + " " + attribute + "=\"" + escaped(data) + "\"", content);
    }

    /** One after the other, a line each. */
    static Markup lines(List<Markup> parts) {
        return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining("\n")));
    }

    /** One after the other. */
    static Markup join(List<Markup> parts) {
        return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining()));
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return html.isEmpty();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
