/** What of the plan's tables takes part as what: both catalogs → shapes, references and the order of writing. */
@NullMarked
package io.github.dbops.sync.shape;

import org.jspecify.annotations.NullMarked;
