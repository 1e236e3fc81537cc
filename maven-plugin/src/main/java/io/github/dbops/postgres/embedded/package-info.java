/** A real PostgreSQL server for {@code embedded:} URLs, its binaries resolved on demand. */
@NullMarked
package io.github.dbops.postgres.embedded;

import org.jspecify.annotations.NullMarked;
