package io.github.dbops.sync.draft;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a name, in lower case: {@code passwordHash}, {@code password_hash} and {@code PASSWORD HASH} are all
 * password, hash.
 *
 * @param words in their order; empty for a name without letters and digits
 */
record Words(List<String> words) {

    private static final Pattern PARTS = Pattern.compile(
            "[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    Words {
        words = List.copyOf(words);
    }

    /** Taken apart at signs, at capitals, and between letters and digits. */
    static Words of(String name) {
        return new Words(Arrays.stream(PARTS.split(name))
                .filter(part -> !part.isEmpty())
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** The last word that is no number; empty text where there is none. */
    String last() {
        return fromEnd(0);
    }

    /** The word before the last one. */
    String beforeLast() {
        return fromEnd(1);
    }

    /** Whether the words stand in it, one after the other. */
    boolean has(List<String> phrase) {
        return Collections.indexOfSubList(words, phrase) >= 0;
    }

    /** Whether it is the same noun, or that noun's plural: {@code category} and {@code Categories}. */
    boolean isSameNoun(Words other) {
        return !words.isEmpty()
                && (joined().equals(other.joined())
                        || singular().equals(other.joined())
                        || joined().equals(other.singular()));
    }

    private String fromEnd(int back) {
        List<String> letters =
                words.stream().filter(word -> !word.matches("\\p{N}+")).toList();
        return letters.size() > back ? letters.get(letters.size() - 1 - back) : "";
    }

    private String joined() {
        return String.join("", words);
    }

    private String singular() {
        String joined = joined();
        if (joined.endsWith("ies") && joined.length() > 4) {
            return joined.substring(0, joined.length() - 3) + "y";
        }
        if (joined.matches(".*(s|x|ch|sh)es")) {
            return joined.substring(0, joined.length() - 2);
        }
        return joined.endsWith("s") && !joined.endsWith("ss") ? joined.substring(0, joined.length() - 1) : joined;
    }
}
