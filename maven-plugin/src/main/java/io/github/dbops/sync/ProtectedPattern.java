package io.github.dbops.sync;

import java.util.List;
import java.util.Locale;

/**
 * A glob ({@code *} any text, {@code ?} one character) over table names, ignoring case. Built-in patterns also ignore
 * underscores and a plural s: {@code StripeEvent} protects {@code stripe_events}.
 *
 * @param glob as written
 * @param builtIn one of dbops' own, always in force
 */
public record ProtectedPattern(String glob, boolean builtIn) {

    /** dbops' own patterns, in force whatever a plan says; spec section 5. */
    public static final List<ProtectedPattern> BUILT_IN = List.of(
            new ProtectedPattern("Order*", true),
            new ProtectedPattern("StripeEvent", true),
            new ProtectedPattern("NotificationLog", true));

    /** Whether the pattern matches the table's bare or qualified name. */
    public boolean matches(String schema, String name) {
        return matches(name) || matches(schema + "." + name);
    }

    /** Whether the pattern matches a name as it is given, bare or qualified. */
    public boolean matches(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        String pattern = glob.toLowerCase(Locale.ROOT);
        if (glob(pattern, folded)) {
            return true;
        }
        return builtIn && glob(singular(pattern), singular(folded));
    }

    // A star before the s already stands for it: cutting "*s" down to "*" would match everything.
    private static String singular(String name) {
        String joined = name.replace("_", "");
        boolean plural = joined.endsWith("s") && !joined.endsWith("*s");
        return plural ? joined.substring(0, joined.length() - 1) : joined;
    }

    // Two pointers with one point of return: never exponential, unlike a regular expression.
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
                    && pattern.charAt(p) != '*') {
                p++;
                t++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
