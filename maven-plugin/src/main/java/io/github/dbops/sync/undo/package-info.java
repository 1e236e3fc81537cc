/** A recorded run and its reversal, decided on the target alone: what nobody has changed or refers to since. */
@NullMarked
package io.github.dbops.sync.undo;

import org.jspecify.annotations.NullMarked;
