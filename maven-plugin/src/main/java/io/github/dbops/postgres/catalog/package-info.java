/** What a PostgreSQL database says about its own tables: columns, keys, foreign keys, triggers. */
@NullMarked
package io.github.dbops.postgres.catalog;

import org.jspecify.annotations.NullMarked;
