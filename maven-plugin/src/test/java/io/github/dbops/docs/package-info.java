/** The pages for users hold what the code does. */
@NullMarked
package io.github.dbops.docs;

import org.jspecify.annotations.NullMarked;
