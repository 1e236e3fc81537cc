/** What tests stand on: real PostgreSQL servers, fresh databases, a proxy that cuts connections on demand, GitHub's API. */
@NullMarked
package io.github.dbops.testing;

import org.jspecify.annotations.NullMarked;
