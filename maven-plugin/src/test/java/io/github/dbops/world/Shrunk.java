package io.github.dbops.world;

/** A world in which the law does not hold, and the clause that it breaks. */
record Shrunk(World world, Law.Broken broken) {}
