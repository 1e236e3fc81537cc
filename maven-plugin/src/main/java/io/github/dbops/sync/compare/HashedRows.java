package io.github.dbops.sync.compare;

/** Takes a table's rows as hashes, one after the other. */
interface HashedRows {

    /** Takes a row: the hash of its key, its own, and the two parts of its place. */
    void row(long key, long hash, long tuple, long relation);
}
