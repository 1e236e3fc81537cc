package io.github.dbops.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The few values that columns of a type have.
 *
 * @param type as SQL
 * @param classes values that the type calls equal stand together; each has one or several spellings that are not the
 *     same to the byte
 */
record Alphabet(String type, List<List<String>> classes) {

    /** The enum that every world has. */
    static final String ENUM = "\"Mood\"";

    Alphabet {
        classes = List.copyOf(classes);
    }

    /** A type with values that are all different. */
    static Alphabet of(String type, String... values) {
        List<List<String>> classes = new ArrayList<>();
        for (String value : values) {
            classes.add(List.of(value));
        }
        return new Alphabet(type, classes);
    }

    /** The same with a class of several spellings. */
    Alphabet and(String... spellings) {
        List<List<String>> more = new ArrayList<>(classes);
        more.add(List.of(spellings));
        return new Alphabet(type, more);
    }

    /** The same values in another type. */
    Alphabet as(String otherType) {
        return new Alphabet(otherType, classes);
    }

    /** What stands for all spellings that are equal to a value; a value of another alphabet stands for itself. */
    @Nullable
    String classOf(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return classes.stream()
                .filter(each -> each.contains(value))
                .map(each -> each.get(0))
                .findFirst()
                .orElse(value);
    }

    /** Whether a value is one of its own. */
    boolean knows(String value) {
        return classes.stream().anyMatch(each -> each.contains(value));
    }

    /** Some of the classes, so that columns of few rows meet often. */
    Alphabet restricted(Dice dice) {
        return new Alphabet(type, dice.some(classes, dice.between(2, 5)));
    }

    /** A value; mostly in its first spelling. */
    String value(Dice dice) {
        List<String> spellings = dice.pick(classes);
        return dice.chance(80) ? spellings.get(0) : dice.pick(spellings);
    }

    /** Another spelling of an equal value, where there is one. */
    String respelled(String value, Dice dice) {
        return classes.stream()
                .filter(each -> each.contains(value))
                .findFirst()
                .map(dice::pick)
                .orElse(value);
    }

    /** As {@code lower()} folds it; the alphabets' letters beyond ASCII are all small. */
    static @Nullable String folded(@Nullable String value) {
        return value == null ? null : value.toLowerCase(Locale.ROOT);
    }
}
