package io.github.dbops.sync;

/** How rows of equal key are found to be equal; {@code dbops.compare}. */
public enum Comparing {
    /** By a 64-bit hash computed on both servers; misses one of 2⁶⁴ changed rows. */
    HASH,
    /** By reading every compared value of both sides. */
    EXACT
}
