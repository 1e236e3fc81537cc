/** Published sample databases as test material: loaded, half changed, and compared by natural keys. */
@NullMarked
package io.github.dbops.samples;

import org.jspecify.annotations.NullMarked;
