package io.github.dbops.report;

import java.util.ArrayList;
import java.util.List;

/** A sentence broken between words into lines, the second and later ones indented below the first one's text. */
final class Paragraph {

    private Paragraph() {}

    /**
     * Lines of at most the given width, but for a word that is longer: commands and digests stay in one piece.
     *
     * @param lead what the first line begins with; the others begin with as many spaces
     * @param text the sentence; its own line breaks and anything invisible are made visible or blank first
     * @param width in characters, the lead included
     */
    static List<String> lines(String lead, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(lead);
        int empty = lead.length();
        for (String word : Visible.of(text.replaceAll("\\R|\t", " ")).split(" +")) {
            if (line.length() > empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(empty));
            }
            line.append(line.length() > empty ? " " : "").append(word);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
