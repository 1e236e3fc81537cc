package io.github.dbops.sync.compare;

import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.TableShape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A key for a message: {@code slug=shoes, locale=en}; sensitive columns masked, long values shortened. */
final class KeyText {

    /** By canonical text, column by column. */
    static final Comparator<List<String>> ORDER = Comparator.comparing(key -> String.join("\0", key));

    static final String MASK = "****";

    private static final int LONGEST = 60;

    private KeyText() {}

    static String of(TableShape shape, List<String> key) {
        return of(shape.key().leaves(), key);
    }

    static String of(List<Leaf> leaves, List<String> key) {
        return IntStream.range(0, leaves.size())
                .mapToObj(
                        i -> leaves.get(i).label() + "=" + (leaves.get(i).isSensitive() ? MASK : shortened(key.get(i))))
                .collect(Collectors.joining(", "));
    }

    /** What a key's values are called. */
    static String names(TableShape shape) {
        return shape.key().leaves().stream().map(Leaf::label).collect(Collectors.joining(", "));
    }

    static String shortened(String value) {
        return shortened(value, LONGEST);
    }

    /** The value's first characters, with an ellipsis where there are more. */
    static String shortened(String value, int longest) {
        if (value.length() <= longest) {
            return value;
        }
        int end = value.offsetByCodePoints(0, Math.min(longest, value.codePointCount(0, value.length())));
        return end < value.length() ? value.substring(0, end) + "…" : value;
    }
}
