package io.github.dbops.world;

/** One of the two databases of a sync. */
enum Side {
    SOURCE,
    TARGET
}
