package io.github.dbops.migration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of an engine's history table, as it is.
 *
 * @param values by column, in the table's order, as text; times in UTC in ISO 8601; null for NULL
 */
public record HistoryRow(Map<String, @Nullable String> values) {

    public HistoryRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
