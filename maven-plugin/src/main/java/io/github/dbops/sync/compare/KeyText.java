package io.github.dbops.sync.compare;

import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A key for a message: {@code slug=shoes, locale=en}; sensitive columns masked, long values shortened. */
final class KeyText {

    /** By canonical text, column by column. */
    static final Comparator<List<String>> ORDER = Comparator.comparing(key -> String.join("\0", key));

    private static final int LONGEST = 60;

    private KeyText() {}

    static String of(TableShape shape, List<String> key) {
        List<ShapedColumn> columns = shape.key();
        return IntStream.range(0, columns.size())
                .mapToObj(i ->
                        columns.get(i).name() + "=" + (columns.get(i).sensitive() ? "****" : shortened(key.get(i))))
                .collect(Collectors.joining(", "));
    }

    static String shortened(String value) {
        int end = value.offsetByCodePoints(0, Math.min(LONGEST, value.codePointCount(0, value.length())));
        return end < value.length() ? value.substring(0, end) + "…" : value;
    }
}
