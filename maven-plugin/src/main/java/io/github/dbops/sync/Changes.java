package io.github.dbops.sync;

import java.util.function.Consumer;

/** A table's changes in key order. Can be replayed; may lie in a file, so they must never be gathered in a list. */
public interface Changes {

    /** Hands every change to a reader, in key order. */
    void forEach(Consumer<Change> reader);

    /** No changes. */
    Changes NONE = reader -> {};
}
