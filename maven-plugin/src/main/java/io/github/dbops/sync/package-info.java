/** The vocabulary of a sync: plan, table shape, change set, digest, counts, outcome. Values only. */
@NullMarked
package io.github.dbops.sync;

import org.jspecify.annotations.NullMarked;
