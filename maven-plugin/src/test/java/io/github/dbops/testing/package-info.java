/** What several tests need. */
@NullMarked
package io.github.dbops.testing;

import org.jspecify.annotations.NullMarked;
