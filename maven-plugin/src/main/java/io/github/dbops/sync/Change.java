package io.github.dbops.sync;

import io.github.dbops.postgres.Values;
import java.util.List;

/**
 * One row to insert or update. Values are in their leaves' {@link WireForm}.
 *
 * @param action insert or update
 * @param key the canonical key: equal for equal keys on every server
 * @param source where the row lies in the source
 * @param target where it lies in the target; {@link Locator#NONE} for an insert
 * @param before for an update the target's values of {@link TableShape#compared}, then how each of
 *     {@link TableShape#doubtful} stands: NULL where there is no reference; for an insert none
 * @param after for an insert the values of {@link TableShape#inserted}, for an update of {@link TableShape#updated}, then
 *     how each of {@link TableShape#doubtful} stands in the source
 */
public record Change(Action action, List<String> key, Locator source, Locator target, Values before, Values after) {

    /** What happens to the row. */
    public enum Action {
        INSERT,
        UPDATE
    }
}
