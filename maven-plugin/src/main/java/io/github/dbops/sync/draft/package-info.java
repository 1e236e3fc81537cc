/** A first plan: what a database's catalog and rows say, and which keys, columns and order follow from it. No I/O. */
@NullMarked
package io.github.dbops.sync.draft;

import org.jspecify.annotations.NullMarked;
