package io.github.dbops.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as an example in a report. Values are as {@code text} under pinned settings; sensitive columns are already
 * masked. Writers show only as much of it as the plan's {@link SampleDetail} allows.
 *
 * @param kind why the row is shown
 * @param key the key's columns and values, in the plan's order
 * @param cells for an insert the new values, for an update or a conflict the cells that differ; may be empty
 * @param missing of a blocked row the row that it refers to and that will not be there; else null
 */
public record Sample(
        Kind kind,
        List<Cell> key,
        List<Change> cells,
        @Nullable String missing) {

    public Sample {
        key = List.copyOf(key);
        cells = List.copyOf(cells);
    }

    /** A row that misses none. */
    public Sample(Kind kind, List<Cell> key, List<Change> cells) {
        this(kind, key, cells, null);
    }

    /** Why a row is shown. */
    public enum Kind {
        INSERT("insert"),
        UPDATE("update"),
        CONFLICT("conflict"),
        BLOCKED("blocked"),
        DUPLICATE("duplicate");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The reports' word. */
        public String word() {
            return word;
        }
    }

    /**
     * A value in its column; null: SQL NULL.
     *
     * @param column the column's name
     * @param value shortened where long
     */
    public record Cell(String column, @Nullable String value) {}

    /**
     * A cell before and after.
     *
     * @param column the column's name
     * @param before the target's value; null: SQL NULL, or an insert
     * @param after the source's value; null: SQL NULL
     */
    public record Change(
            String column,
            @Nullable String before,
            @Nullable String after) {}
}
