/**
 * The law of {@code dbops:sync} on random worlds: schemas, rows and plans drawn by a seed, run on two real servers, and
 * held against an oracle in plain SQL that knows the contract and none of the code that it judges.
 */
@NullMarked
package io.github.dbops.world;

import org.jspecify.annotations.NullMarked;
