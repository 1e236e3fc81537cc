/** Sessions on a PostgreSQL server: connecting, transactions, locks, quoting, COPY, retry, and SQLSTATEs turned into problems. */
@NullMarked
package io.github.dbops.postgres;

import org.jspecify.annotations.NullMarked;
