package io.github.dbops.env;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
final class SimilarName {

    private static final int MOST_EDITS = 3;

    private SimilarName() {}

    /** The candidate that takes the fewest edits to become the wanted name, ignoring case; at most three. */
    static Optional<String> of(String wanted, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> edits(wanted, candidate) <= MOST_EDITS)
                .min(Comparator.comparingInt(candidate -> edits(wanted, candidate)));
    }

    /** Levenshtein's distance, one row of its table at a time. */
    private static int edits(String wanted, String candidate) {
        String to = wanted.toLowerCase(Locale.ROOT);
        String from = candidate.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
