package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Type;

/**
 * A column that takes part in a sync, as both sides have it.
 *
 * @param name the same on both sides
 * @param part what it takes part as
 * @param source as the source has it
 * @param target as the target has it; its type is the one that values are compared and written in
 * @param form how its values travel
 * @param sensitive its values are never shown
 */
public record ShapedColumn(String name, Part part, Column source, Column target, WireForm form, boolean sensitive) {

    /** What a column takes part as. */
    public enum Part {
        /** Belongs to the natural key: identifies, is inserted, is never updated. */
        KEY,
        /** Compared, inserted and updated. */
        COMPARED,
        /** A surrogate taken over on insert; neither compared nor updated. */
        CARRIED,
        /** Written on insert only. */
        IGNORED
    }

    /** The type that values are compared and written in. */
    public Type type() {
        return target.type();
    }

    /** Whether the source's values must be cast to be compared. */
    public boolean isCast() {
        return Casts.isNeeded(source.type(), target.type());
    }

    /** The column as another part. */
    public ShapedColumn as(Part other) {
        return new ShapedColumn(name, other, source, target, form, sensitive);
    }
}
