package io.github.dbops.sync;

import java.util.Optional;

/** Opens further pairs of sessions that see exactly what the first pair sees, so that several tables are read at once. */
public interface MoreSides extends AutoCloseable {

    /** No further ones. */
    MoreSides NONE = new MoreSides() {
        @Override
        public Optional<Sides> open() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    /** One more pair; empty where there can be none. */
    Optional<Sides> open();

    /** Closes all pairs. */
    @Override
    void close();
}
