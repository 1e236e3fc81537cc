/** What tests stand on: real PostgreSQL servers, fresh databases, and a proxy that cuts connections on demand. */
@NullMarked
package io.github.dbops.testing;

import org.jspecify.annotations.NullMarked;
