/** Reads both sides and decides: shapes, order, hashes, rows, change set. */
@NullMarked
package io.github.dbops.sync.compare;

import org.jspecify.annotations.NullMarked;
