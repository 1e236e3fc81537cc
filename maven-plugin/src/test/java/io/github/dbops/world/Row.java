package io.github.dbops.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, or of the table that inherits from it.
 *
 * @param table where it is inserted
 * @param values by column, as the server reads and writes them as text; NULL is null
 */
record Row(String table, Map<String, @Nullable String> values) {

    Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Nullable
    String value(String column) {
        return values.get(column);
    }

    /** The same row with one other value. */
    Row with(String column, @Nullable String value) {
        Map<String, @Nullable String> changed = new LinkedHashMap<>(values);
        changed.put(column, value);
        return new Row(table, changed);
    }

    /** The same row without a value for a column. */
    Row without(String column) {
        Map<String, @Nullable String> fewer = new LinkedHashMap<>(values);
        fewer.remove(column);
        return new Row(table, fewer);
    }
}
