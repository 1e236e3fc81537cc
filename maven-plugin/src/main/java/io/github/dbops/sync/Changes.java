package io.github.dbops.sync;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** A table's changes in key order. Can be replayed; may lie in a file, so they must never be gathered in a list. */
public interface Changes {

    /** Hands changes to a reader, in key order, as long as it wants more. */
    void whileWanted(Predicate<Change> reader);

    /** Hands every change to a reader, in key order. */
    default void forEach(Consumer<Change> reader) {
        whileWanted(change -> {
            reader.accept(change);
            return true;
        });
    }

    /** No changes. */
    Changes NONE = reader -> {};
}
