/** Reads what a first plan is drafted from: the catalog, and counts over rows. Values never leave the database. */
@NullMarked
package io.github.dbops.sync.draft.evidence;

import org.jspecify.annotations.NullMarked;
