package io.github.dbops.sync.draft.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Sentences as line comments of a plan. A line comment ends with its line alone, so that no name in it can end it, as
 * long as the sentences hold no line break.
 */
final class Comment {

    private static final int WIDTH = 116;

    private Comment() {}

    /** A sentence on as many lines as it takes; the later ones are set in. */
    static List<String> lines(String indentation, String sentence) {
        List<String> lines = new ArrayList<>();
        String lead = indentation + "// ";
        StringBuilder line = new StringBuilder(lead);
        int empty = line.length();
        for (String word : sentence.split(" ")) {
            if (line.length() > empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(lead + "  ");
                empty = line.length();
            }
            line.append(line.length() > empty ? " " : "").append(word);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
