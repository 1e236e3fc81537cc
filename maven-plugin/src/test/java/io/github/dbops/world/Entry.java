package io.github.dbops.world;

import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the plan says of a table.
 *
 * @param key the natural key; empty only where the table is skipped
 * @param columns the business columns; null where the plan does not say them
 * @param where a condition on the source's rows; null: all
 * @param ids null where the plan does not say it
 */
record Entry(
        List<String> key,
        Mode mode,
        OnConflict onConflict,
        @Nullable List<String> columns,
        @Nullable String where,
        List<String> exclude,
        List<String> ignore,
        List<String> sensitive,
        @Nullable Ids ids,
        List<String> rawReferences) {

    /** An entry that says what it must and nothing else. */
    static Entry of(Mode mode, OnConflict onConflict, String... key) {
        return new Entry(List.of(key), mode, onConflict, null, null, List.of(), List.of(), List.of(), null, List.of());
    }

    Entry where(String condition) {
        return new Entry(key, mode, onConflict, columns, condition, exclude, ignore, sensitive, ids, rawReferences);
    }

    Entry columns(String... names) {
        return new Entry(key, mode, onConflict, List.of(names), where, exclude, ignore, sensitive, ids, rawReferences);
    }

    Entry exclude(String... names) {
        return new Entry(key, mode, onConflict, columns, where, List.of(names), ignore, sensitive, ids, rawReferences);
    }

    Entry ignore(String... names) {
        return new Entry(key, mode, onConflict, columns, where, exclude, List.of(names), sensitive, ids, rawReferences);
    }

    Entry ids(@Nullable Ids choice) {
        return new Entry(key, mode, onConflict, columns, where, exclude, ignore, sensitive, choice, rawReferences);
    }

    Entry rawReferences(String... names) {
        return new Entry(key, mode, onConflict, columns, where, exclude, ignore, sensitive, ids, List.of(names));
    }

    /** Whether an apply may update a row of it. */
    boolean updates() {
        return mode == Mode.UPSERT && onConflict == OnConflict.LOCAL_WINS;
    }
}
