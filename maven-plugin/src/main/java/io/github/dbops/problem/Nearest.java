package io.github.dbops.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The valid name that somebody probably meant. */
public final class Nearest {

    private Nearest() {}

    /**
     * The name with the least edit distance (insert, delete, replace or swap one character), case ignored; empty where
     * none is near enough to be a slip of the fingers.
     */
    public static Optional<String> to(String written, Collection<String> valid) {
        int tolerated = Math.max(2, written.length() / 3);
        return valid.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= tolerated)
                .filter(name -> distance(written, name) <= tolerated && distance(written, name) < name.length())
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    // Optimal string alignment: https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
    private static int distance(String written, String valid) {
        String a = fold(written);
        String b = fold(valid);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int[][] cost, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
