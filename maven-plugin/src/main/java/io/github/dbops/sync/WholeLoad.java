package io.github.dbops.sync;

/**
 * All rows of the source for a table that has none in the target: they may be copied straight into it, and are there when the
 * table has the source's fingerprint.
 *
 * @param fingerprint the target's query for it: the number of rows, and the sum of their hashes as text
 * @param rows how many there must be
 * @param sum what the hashes must add up to, modulo 2<sup>64</sup>
 */
public record WholeLoad(String fingerprint, long rows, long sum) {}
