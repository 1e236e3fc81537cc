/** What went wrong, as data: a stable code, what, why, the state things are in, and what to do next. */
@NullMarked
package io.github.dbops.problem;

import org.jspecify.annotations.NullMarked;
