/** Reads {@code sync-plan.json} into a valid plan, with a position for every complaint. */
@NullMarked
package io.github.dbops.sync.plan;

import org.jspecify.annotations.NullMarked;
